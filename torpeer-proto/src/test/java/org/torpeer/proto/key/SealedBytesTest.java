package org.torpeer.proto.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.proto.Seed;
import org.torpeer.proto.Vectors;

final class SealedBytesTest {
    private static final byte[] SECRET = "a secret of some length".getBytes(StandardCharsets.US_ASCII);

    private final Random random = Seed.random("SealedBytesTest");

    @Test
    void whatIsSealedOpensWithItsPassphraseAlone() {
        byte[] sealed = SealedBytes.seal(SECRET, passphrase(), random);
        assertThat(sealed).hasSize(SECRET.length + SealedBytes.OVERHEAD_BYTES);
        assertThat(SealedBytes.isSealed(sealed)).isTrue();
        assertThat(HexFormat.of().formatHex(sealed))
                .doesNotContain(HexFormat.of().formatHex(SECRET, 0, 8));
        assertThat(SealedBytes.open(sealed, passphrase())).isEqualTo(SECRET);
        for (String wrong : new String[] {"", "Correct horse \u20ac", "correct horse \u20ac "}) {
            assertThatExceptionOfType(WrongPassphraseException.class)
                    .isThrownBy(() -> SealedBytes.open(sealed, wrong.toCharArray()));
        }
    }

    @Test
    void opensWhatAnotherImplementationSealed() {
        Vectors vector = Vectors.file("sealed.json");
        assertThat(SealedBytes.open(
                        vector.hex("sealed"), vector.text("passphrase").toCharArray()))
                .isEqualTo(vector.hex("secret"));
    }

    @Test
    void twoSealsOfTheSameDiffer() {
        byte[] one = SealedBytes.seal(SECRET, passphrase(), random);
        byte[] other = SealedBytes.seal(SECRET, passphrase(), random);
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void noPartMayBeChanged() {
        byte[] sealed = SealedBytes.seal(SECRET, passphrase(), random);
        // One byte of magic, version, salt, nonce, ciphertext and tag each.
        for (int at : new int[] {0, 14, 18, 34, 46, sealed.length - 1}) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> SealedBytes.open(changed, passphrase()))
                    .as("byte " + at)
                    .isInstanceOf(InvalidInputException.class);
        }
        assertThatThrownBy(() -> SealedBytes.open(Arrays.copyOf(sealed, sealed.length - 1), passphrase()))
                .isInstanceOf(WrongPassphraseException.class);
    }

    @Test
    void costsFromOutsideAreRefusedBeforeAnythingIsAllocatedForThem() {
        byte[] sealed = SealedBytes.seal(SECRET, passphrase(), random);
        for (int log2n : new int[] {0, 1, 14, 18, 30, 31, 63, 127, -1, -128}) {
            assertCostRefused(sealed, 15, log2n);
        }
        for (int other : new int[] {0, 2, 9, 127, -1}) {
            assertCostRefused(sealed, 16, other);
            assertCostRefused(sealed, 17, other);
        }
    }

    @Test
    void noTruncationPasses() {
        byte[] sealed = SealedBytes.seal(SECRET, passphrase(), random);
        for (int length = 0; length < SealedBytes.OVERHEAD_BYTES; length++) {
            byte[] truncated = Arrays.copyOf(sealed, length);
            assertThatExceptionOfType(InvalidInputException.class)
                    .isThrownBy(() -> SealedBytes.open(truncated, passphrase()))
                    .isNotInstanceOf(WrongPassphraseException.class);
        }
    }

    @Test
    void aPassphraseIsNeeded() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> SealedBytes.seal(SECRET, new char[0], random));
    }

    private void assertCostRefused(byte[] sealed, int at, int value) {
        byte[] changed = sealed.clone();
        changed[at] = (byte) value;
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> SealedBytes.open(changed, passphrase()))
                .isNotInstanceOf(WrongPassphraseException.class);
    }

    private static char[] passphrase() {
        return "correct horse \u20ac".toCharArray();
    }
}
