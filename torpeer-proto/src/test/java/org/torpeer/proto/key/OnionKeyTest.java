package org.torpeer.proto.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.proto.Seed;

final class OnionKeyTest {
    @Test
    void bothFormsOfAKeySignAlike() {
        Random random = Seed.random("OnionKeyTest");
        for (int i = 0; i < 200; i++) {
            SeedKey seed = SeedKey.generate(random);
            ExpandedKey expanded = ExpandedKey.of(seed.expanded());
            byte[] message = new byte[random.nextInt(300)];
            random.nextBytes(message);
            byte[] signature = expanded.sign(message);

            assertThat(expanded.id()).isEqualTo(seed.id());
            assertThat(expanded.expanded()).isEqualTo(seed.expanded());
            assertThat(signature).isEqualTo(seed.sign(message));
            assertThat(Ed25519.verify(seed.id(), message, signature)).isTrue();
        }
    }

    @Test
    void keysThatAreNotClampedAreRefused() {
        byte[] good = SeedKey.of(new byte[32]).expanded();
        assertUnusable(new byte[64]);
        assertUnusable(new byte[63]);
        assertUnusable(new byte[65]);
        for (int bit : new int[] {0, 1, 2, 254, 255}) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            assertUnusable(bad);
        }
    }

    @Test
    void seedsHave32Bytes() {
        for (int length : new int[] {0, 31, 33, 64}) {
            assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> SeedKey.of(new byte[length]));
        }
    }

    @Test
    void keysDoNotShowAndDoNotChange() {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) 0xab);
        SeedKey seed = SeedKey.of(bytes);
        ExpandedKey expanded = ExpandedKey.of(seed.expanded());
        assertThat(seed.toString()).isEqualTo("SeedKey[" + seed.id() + "]");
        assertThat(expanded.toString())
                .doesNotContain(HexFormat.of().formatHex(seed.expanded()).substring(0, 16));

        bytes[0] = 0;
        seed.seed()[0] = 0;
        expanded.expanded()[0] = 0;
        assertThat(seed.seed()[0]).isEqualTo((byte) 0xab);
        assertThat(expanded.expanded()).isEqualTo(seed.expanded());
    }

    private static void assertUnusable(byte[] expanded) {
        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> ExpandedKey.of(expanded));
    }
}
