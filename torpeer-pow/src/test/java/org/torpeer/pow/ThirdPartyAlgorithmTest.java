package org.torpeer.pow;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.pow.Miner;
import org.torpeer.api.spi.pow.MiningJob;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.testkit.PowAlgorithmContract;

/** An algorithm from elsewhere conforms to the contract and can be mined, knowing nothing but the API. */
class ThirdPartyAlgorithmTest extends PowAlgorithmContract {
    @Override
    protected PowAlgorithm algorithm() {
        return new Keccak();
    }

    @Override
    protected String parameters() {
        return "rounds=2";
    }

    @Test
    void isMined() {
        byte[] prefix = new byte[PowAlgorithm.PREFIX_BYTES];
        Miner miner = Providers.miners().require(Miner.KERNEL);
        try (NodeRuntime runtime = NodeRuntime.system("third-party")) {
            long nonce = miner.mine(new MiningJob(algorithm(), parameters(), prefix, 10, 0, 2), runtime)
                    .await(Duration.ofSeconds(20));
            assertThat(algorithm().newKernel(parameters()).score(prefix, nonce)).isGreaterThanOrEqualTo(10);
        }
    }

    private static final class Keccak implements PowAlgorithm {
        @Override
        public String name() {
            return "sha3-twice";
        }

        @Override
        public void checkParameters(String parameters) {
            if (!parameters.equals("rounds=2")) {
                throw new InvalidInputException("sha3-twice takes the parameters rounds=2 and no other");
            }
        }

        @Override
        public long memoryBytes(String parameters) {
            checkParameters(parameters);
            return 2048;
        }

        @Override
        public PowKernel newKernel(String parameters) {
            checkParameters(parameters);
            try {
                return new KeccakKernel(MessageDigest.getInstance("SHA3-256"));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private record KeccakKernel(MessageDigest digest) implements PowKernel {
        @Override
        public int score(byte[] prefix, long nonce) {
            byte[] message = ByteBuffer.allocate(52).put(prefix).putLong(nonce).array();
            byte[] hash = digest.digest(digest.digest(message));
            return 256 - new BigInteger(1, hash).bitLength();
        }

        @Override
        public int search(byte[] prefix, long first, int count, int bits) {
            for (int i = 0; i < count; i++) {
                if (score(prefix, first + i) >= bits) {
                    return i;
                }
            }
            return NONE;
        }
    }
}
