package org.torpeer.pow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.pow.Kernels;
import org.torpeer.pow.kernel.KernelVerdict;
import org.torpeer.testkit.TestSeed;

/** All kernels of this JVM find what the reference finds; the tests run with the vectors' module. */
class KernelAgreementTest {
    private static final int RANGE = 3000;
    /** Before it, those of scrypt are not even tried. */
    private static final int VECTORS_OF_SCRYPT_FROM_JAVA = 21;

    @Test
    void vectorKernelsAreTriedHere() {
        for (String algorithm : List.of("sha256", "scrypt")) {
            List<KernelVerdict> verdicts = Kernels.of(algorithm);
            assertThat(verdicts).extracting(KernelVerdict::name).contains("portable");
            boolean alone = algorithm.equals("scrypt") && Runtime.version().feature() < VECTORS_OF_SCRYPT_FROM_JAVA;
            assertThat(verdicts)
                    .as("kernels of %s", algorithm)
                    .hasSizeGreaterThanOrEqualTo(alone ? 1 : 2)
                    .allMatch(KernelVerdict::usable);
            assertThat(verdicts).filteredOn(KernelVerdict::chosen).hasSize(1);
        }
        assertThat(Kernels.searching("sha256", "")).isNotBlank();
        assertThat(Kernels.searching("scrypt", "N=65536,r=8,p=1")).isIn("portable", "vector-1");
    }

    @Test
    void refusesKernelsThatAreNotThere() {
        assertThatThrownBy(() -> Kernels.newKernel("sha256", "", "vector-3")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Kernels.newKernel("sha256", "x", "portable"))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Kernels.newKernel("scrypt", "N=1024,r=1,p=1", "portable"))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Kernels.of("md5")).isInstanceOf(InvalidInputException.class);
    }

    /** FIPS 180-4 as BouncyCastle computes it; ranges that begin everywhere, and run over the ends of both words. */
    @Test
    void sha256KernelsFindTheFirstOfEveryRange() {
        Random random = TestSeed.random("sha256KernelsFindTheFirstOfEveryRange");
        long[] starts = {
            0,
            -RANGE / 2,
            Long.MAX_VALUE - RANGE / 2,
            (1L << 32) - 5,
            (1L << 31) - 5,
            (7L << 32) - RANGE / 2,
            random.nextLong(),
            random.nextLong()
        };
        for (Sha256Candidate candidate : Sha256Kernels.selection().correct()) {
            PowKernel kernel = candidate.newKernel();
            for (long start : starts) {
                byte[] prefix = new byte[PowAlgorithm.PREFIX_BYTES];
                random.nextBytes(prefix);
                int[] scores = scores(prefix, start);
                for (int i = 0; i < 300; i++) {
                    int from = random.nextInt(RANGE);
                    int count = 1 + random.nextInt(RANGE - from);
                    int bits = random.nextInt(14);
                    assertThat(kernel.search(prefix, start + from, count, bits))
                            .as("%s: %d bits in %d nonces from %x", candidate.name(), bits, count, start + from)
                            .isEqualTo(firstWith(scores, from, count, bits));
                }
                for (int i = 0; i < 200; i++) {
                    assertThat(kernel.score(prefix, start + i)).isEqualTo(scores[i]);
                }
            }
        }
    }

    /** Solutions of more than 32 bits take another path than those of fewer. */
    @Test
    void manyBitsAreNotFoundWhereTheyAreNot() {
        byte[] prefix = new byte[PowAlgorithm.PREFIX_BYTES];
        for (Sha256Candidate candidate : Sha256Kernels.selection().correct()) {
            PowKernel kernel = candidate.newKernel();
            for (int bits : new int[] {31, 32, 33, 64, 255, 256}) {
                assertThat(kernel.search(prefix, -1000, 100_000, bits)).isEqualTo(PowKernel.NONE);
            }
        }
    }

    /** RFC 7914 as BouncyCastle computes it, in every lane. */
    @Test
    void mixersAgreeInEveryLane() {
        Random random = TestSeed.random("mixersAgreeInEveryLane");
        List<ScryptParameters> sets = List.of(
                new ScryptParameters(2, 1, 1),
                new ScryptParameters(2, 32, 16),
                new ScryptParameters(4, 5, 3),
                new ScryptParameters(128, 8, 1),
                new ScryptParameters(512, 1, 1));
        for (ScryptCandidate candidate : ScryptKernels.selection().correct()) {
            for (ScryptParameters set : sets) {
                Scrypt scrypt = candidate.newScrypt(set);
                int[] table = new int[scrypt.tableWords()];
                byte[][] messages = new byte[scrypt.lanes()][Attempt.MESSAGE_BYTES];
                byte[][] hashes = new byte[scrypt.lanes()][32];
                for (int run = 0; run < 3; run++) {
                    for (byte[] message : messages) {
                        random.nextBytes(message);
                    }
                    scrypt.evaluate(table, messages, messages, hashes);
                    for (int lane = 0; lane < messages.length; lane++) {
                        assertThat(hashes[lane])
                                .as("%s, %s, lane %d", candidate.name(), set, lane)
                                .isEqualTo(
                                        SCrypt.generate(messages[lane], messages[lane], set.n(), set.r(), set.p(), 32));
                    }
                }
            }
        }
    }

    @Test
    void scryptKernelsFindTheFirstOfEveryRange() {
        Random random = TestSeed.random("scryptKernelsFindTheFirstOfEveryRange");
        ScryptParameters cheap = new ScryptParameters(2, 1, 1);
        byte[] prefix = new byte[PowAlgorithm.PREFIX_BYTES];
        random.nextBytes(prefix);
        PowKernel portable = Kernels.newKernel("scrypt", "N=2,r=1,p=1", "portable");
        for (ScryptCandidate candidate : ScryptKernels.selection().correct()) {
            PowKernel kernel = ScryptKernels.newKernel(cheap, candidate);
            for (int i = 0; i < 100; i++) {
                long first = i % 2 == 0 ? random.nextLong() : -random.nextInt(30_000);
                int count = 1 + random.nextInt(40_000);
                int bits = random.nextInt(6);
                int found = kernel.search(prefix, first, count, bits);
                assertThat(found)
                        .as("%s: %d bits in %d nonces from %x", candidate.name(), bits, count, first)
                        .isEqualTo(portable.search(prefix, first, count, bits));
                if (found != PowKernel.NONE) {
                    assertThat(kernel.score(prefix, first + found)).isGreaterThanOrEqualTo(bits);
                }
            }
        }
    }

    @Test
    void aWatchedSearchIsLeftHalfWay() {
        ScryptKernel kernel = (ScryptKernel) ScryptKernels.newKernel(new ScryptParameters(2, 1, 1));
        int[] tried = {0};
        int found = kernel.search(new byte[PowAlgorithm.PREFIX_BYTES], 0, 1 << 24, 200, so -> {
            tried[0] = so;
            return so < 100_000;
        });
        assertThat(found).isEqualTo(PowKernel.NONE);
        assertThat(tried[0]).isBetween(100_000, 300_000);
    }

    /** RFC 7914, section 11, of one iteration. */
    @Test
    void pbkdf2IsThatOfTheStandard() {
        byte[] key = new byte[64];
        new Pbkdf2().derive(bytes("passwd"), bytes("salt"), key);
        assertThat(HexFormat.of().formatHex(key))
                .isEqualTo("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
                        + "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783");
    }

    @Test
    void pbkdf2AgreesOnAllLengths() {
        Random random = TestSeed.random("pbkdf2AgreesOnAllLengths");
        Pbkdf2 own = new Pbkdf2();
        for (int i = 0; i < 200; i++) {
            byte[] password = new byte[random.nextInt(65)];
            byte[] salt = new byte[random.nextInt(200)];
            random.nextBytes(password);
            random.nextBytes(salt);
            byte[] key = new byte[1 + random.nextInt(300)];
            own.derive(password, salt, key);
            PKCS5S2ParametersGenerator other = new PKCS5S2ParametersGenerator(new SHA256Digest());
            other.init(password, salt, 1);
            byte[] expected = ((KeyParameter) other.generateDerivedMacParameters(key.length * 8)).getKey();
            assertThat(key).isEqualTo(expected);
        }
    }

    /** FIPS 180-4: the constants are the fractional parts of cube roots of primes. */
    @Test
    void constantsAreThoseOfTheStandard() {
        int at = 0;
        for (int n = 2; at < Sha256Constants.K.length; n++) {
            int candidate = n;
            if (IntStream.range(2, n).noneMatch(d -> candidate % d == 0)) {
                BigDecimal scaled =
                        BigDecimal.valueOf(n).multiply(BigDecimal.valueOf(2).pow(96));
                assertThat(Sha256Constants.K[at++])
                        .isEqualTo(cubeRoot(scaled.toBigInteger()).intValue());
            }
        }
    }

    private static BigInteger cubeRoot(BigInteger value) {
        BigInteger root = BigInteger.ZERO;
        for (int bit = 40; bit >= 0; bit--) {
            BigInteger next = root.setBit(bit);
            if (next.pow(3).compareTo(value) <= 0) {
                root = next;
            }
        }
        return root;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static int[] scores(byte[] prefix, long start) {
        SHA256Digest digest = new SHA256Digest();
        byte[] hash = new byte[32];
        int[] scores = new int[RANGE];
        Arrays.setAll(scores, i -> {
            byte[] message =
                    ByteBuffer.allocate(52).put(prefix).putLong(start + i).array();
            digest.update(message, 0, message.length);
            digest.doFinal(hash, 0);
            return Attempt.leadingZeros(hash);
        });
        return scores;
    }

    private static int firstWith(int[] scores, int from, int count, int bits) {
        for (int i = from; i < from + count; i++) {
            if (scores[i] >= bits) {
                return i - from;
            }
        }
        return PowKernel.NONE;
    }
}
