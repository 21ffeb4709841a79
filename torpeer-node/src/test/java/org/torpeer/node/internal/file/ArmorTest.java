package org.torpeer.node.internal.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.InvalidInputException;
import org.torpeer.testkit.TestSeed;

class ArmorTest {
    private final Random random = TestSeed.random("ArmorTest");

    @Test
    void contentComesBackWhateverMailDoesToItsLines() {
        for (int length : new int[] {0, 1, 31, 47, 48, 49, 1000}) {
            byte[] content = new byte[length];
            random.nextBytes(content);
            byte[] text = Armor.encode("THING", content);
            assertThat(Armor.decode("THING", text)).isEqualTo(content);
            String mailed = new String(text, US_ASCII).replace("\n", " \r\n\t");
            assertThat(Armor.decode("THING", mailed.getBytes(US_ASCII))).isEqualTo(content);
        }
    }

    @Test
    void noChangedCharacterAndNoTruncationPasses() {
        byte[] content = new byte[100];
        random.nextBytes(content);
        byte[] text = Armor.encode("THING", content);
        for (int at = 0; at < text.length; at++) {
            byte[] changed = text.clone();
            changed[at] ^= (byte) (1 << random.nextInt(7));
            assertRefused(changed);
            if (at < text.length - 1) {
                assertRefused(Arrays.copyOf(text, at));
            }
        }
        assertRefused((new String(text, US_ASCII) + "x").getBytes(US_ASCII));
        assertRefused((new String(text, US_ASCII) + new String(text, US_ASCII)).getBytes(US_ASCII));
    }

    @Test
    void anotherKindIsRefused() {
        assertThatThrownBy(() -> Armor.decode("THING", Armor.encode("OTHER", new byte[5])))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("THING");
    }

    @Test
    void aFileThatIsThereIsKeptAndALargeOneNotRead(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("thing");
        Armor.create(file, "THING", new byte[] {1});
        assertThatThrownBy(() -> Armor.create(file, "THING", new byte[] {2})).isInstanceOf(InvalidInputException.class);
        assertThat(Armor.read(file, "THING")).containsExactly(1);
        Files.write(file, new byte[Armor.MAX_BYTES + 1]);
        assertThatThrownBy(() -> Armor.read(file, "THING"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("too large");
    }

    private static void assertRefused(byte[] text) {
        assertThatThrownBy(() -> Armor.decode("THING", text)).isInstanceOf(InvalidInputException.class);
    }
}
