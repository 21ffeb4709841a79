package org.torpeer.pow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.testkit.PowAlgorithmContract;
import org.torpeer.testkit.TestSeed;

class Sha256AlgorithmTest extends PowAlgorithmContract {
    @Override
    protected PowAlgorithm algorithm() {
        return new Sha256Algorithm();
    }

    @Override
    protected String parameters() {
        return "";
    }

    @Test
    void agreesWithAnotherSha256() {
        Random random = TestSeed.random("agreesWithAnotherSha256");
        PowKernel kernel = algorithm().newKernel("");
        SHA256Digest other = new SHA256Digest();
        byte[] message = new byte[52];
        byte[] hash = new byte[32];
        for (int i = 0; i < 2000; i++) {
            random.nextBytes(message);
            other.update(message, 0, 52);
            other.doFinal(hash, 0);
            byte[] prefix = Arrays.copyOf(message, 44);
            long nonce = ByteBuffer.wrap(message, 44, 8).getLong();
            assertThat(kernel.score(prefix, nonce)).isEqualTo(Attempt.leadingZeros(hash));
        }
    }

    @Test
    void countsLeadingZerosOfAWholeHash() {
        byte[] hash = new byte[32];
        assertThat(Attempt.leadingZeros(hash)).isEqualTo(256);
        for (int bit = 255; bit >= 0; bit--) {
            hash[bit / 8] |= (byte) (0x80 >> (bit % 8));
            assertThat(Attempt.leadingZeros(hash)).isEqualTo(bit);
        }
    }

    @Test
    void refusesSearchesThatMakeNoSense() {
        PowKernel kernel = algorithm().newKernel("");
        byte[] prefix = new byte[44];
        assertThatThrownBy(() -> kernel.search(prefix, 0, 0, 1)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> kernel.search(prefix, 0, 1, 257)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> kernel.search(prefix, 0, 1, -1)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> kernel.score(new byte[43], 0)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> kernel.score(new byte[45], 0)).isInstanceOf(InvalidInputException.class);
    }
}
