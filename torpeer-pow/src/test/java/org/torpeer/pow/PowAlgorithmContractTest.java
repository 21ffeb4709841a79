package org.torpeer.pow;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.testkit.PowAlgorithmContract;

/** The contract would be worth nothing if algorithms with a fault passed it. */
class PowAlgorithmContractTest {
    private static final PowAlgorithm SOUND = Providers.powAlgorithms().require("sha256");

    @Test
    void aSoundAlgorithmPasses() throws ReflectiveOperationException {
        assertThat(faultsOf(withKernel(kernel -> kernel))).isEmpty();
    }

    @Test
    void aNonceBitThatDoesNotCount() throws ReflectiveOperationException {
        assertThat(faultsOf(scoring((kernel, prefix, nonce) -> kernel.score(prefix, nonce & Long.MAX_VALUE))))
                .containsExactly("everyBitOfTheMessageCounts");
    }

    @Test
    void aPrefixBitThatDoesNotCount() throws ReflectiveOperationException {
        assertThat(faultsOf(scoring((kernel, prefix, nonce) -> {
                    byte[] blurred = prefix.clone();
                    blurred[17] |= 8;
                    return kernel.score(blurred, nonce);
                })))
                .containsExactly("everyBitOfTheMessageCounts");
    }

    @Test
    void bitsThatDoNotHalveTheChance() throws ReflectiveOperationException {
        assertThat(faultsOf(scoring((kernel, prefix, nonce) -> {
                    int score = kernel.score(prefix, nonce);
                    return score >= 2 ? score + 1 : score;
                })))
                .containsExactly("everyBitMoreHalvesTheChance");
    }

    @Test
    void aScoreThatIsNeverTheSame() throws ReflectiveOperationException {
        AtomicLong calls = new AtomicLong();
        assertThat(faultsOf(scoring((kernel, prefix, nonce) -> kernel.score(prefix, nonce + calls.incrementAndGet()))))
                .contains("scoresOfOneMessageAreTheSameForEver", "kernelsOfSeveralThreadsAgree");
    }

    @Test
    void aSearchThatSkipsItsFirstNonce() throws ReflectiveOperationException {
        assertThat(faultsOf(searching((kernel, prefix, first, count, bits) -> {
                    int found = kernel.search(prefix, first + 1, count, bits);
                    return found < 0 ? found : found + 1;
                })))
                .contains("searchFindsTheFirstNonceThatScoresEnough");
    }

    @Test
    void aSearchThatDemandsTooLittle() throws ReflectiveOperationException {
        assertThat(faultsOf(searching((kernel, prefix, first, count, bits) ->
                        kernel.search(prefix, first, count, Math.max(0, bits - 1)))))
                .contains("searchFindsTheFirstNonceThatScoresEnough");
    }

    @Test
    void aGateThatIsNotDeclared() throws ReflectiveOperationException {
        assertThat(faultsOf(scoring((kernel, prefix, nonce) -> {
                    int score = kernel.score(prefix, nonce);
                    return score == 0 ? PowKernel.GATE_MISSED : score - 1;
                })))
                .contains("theGateLetsThroughTheShareItSays");
    }

    @Test
    void aKernelThatHoldsMoreThanItSays() throws ReflectiveOperationException {
        assertThat(faultsOf(withKernel(Greedy::new))).containsExactly("kernelsHoldNoMoreMemoryThanClaimed");
    }

    @Test
    void parametersReadTooKindly() throws ReflectiveOperationException {
        PowAlgorithm trimming = new Faulty(kernel -> kernel, String::strip);
        assertThat(faultsOf(trimming)).containsExactly("refusesOtherParametersInOneLine");
    }

    /** The names of the contract's tests that fail. */
    private static Set<String> faultsOf(PowAlgorithm algorithm) throws ReflectiveOperationException {
        Set<String> faults = new TreeSet<>();
        Method[] methods = PowAlgorithmContract.class.getDeclaredMethods();
        for (Method test : Arrays.stream(methods)
                .filter(method -> method.isAnnotationPresent(Test.class))
                .toList()) {
            test.setAccessible(true);
            try {
                test.invoke(contractFor(algorithm));
            } catch (InvocationTargetException e) {
                assertThat(e.getCause()).isInstanceOf(AssertionError.class);
                faults.add(test.getName());
            }
        }
        return faults;
    }

    private static PowAlgorithmContract contractFor(PowAlgorithm algorithm) {
        return new PowAlgorithmContract() {
            @Override
            protected PowAlgorithm algorithm() {
                return algorithm;
            }

            @Override
            protected String parameters() {
                return "";
            }
        };
    }

    private static PowAlgorithm withKernel(UnaryOperator<PowKernel> fault) {
        return new Faulty(fault, UnaryOperator.identity());
    }

    private static PowAlgorithm scoring(Score score) {
        return withKernel(kernel -> new PowKernel() {
            @Override
            public int score(byte[] prefix, long nonce) {
                return score.of(kernel, prefix, nonce);
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
        });
    }

    private static PowAlgorithm searching(SearchRange search) {
        return withKernel(kernel -> new PowKernel() {
            @Override
            public int score(byte[] prefix, long nonce) {
                return kernel.score(prefix, nonce);
            }

            @Override
            public int search(byte[] prefix, long first, int count, int bits) {
                return search.in(kernel, prefix, first, count, bits);
            }
        });
    }

    private interface Score {
        int of(PowKernel kernel, byte[] prefix, long nonce);
    }

    private interface SearchRange {
        int in(PowKernel kernel, byte[] prefix, long first, int count, int bits);
    }

    private record Faulty(UnaryOperator<PowKernel> kernels, UnaryOperator<String> reading) implements PowAlgorithm {
        @Override
        public String name() {
            return "faulty";
        }

        @Override
        public void checkParameters(String parameters) {
            SOUND.checkParameters(reading.apply(parameters));
        }

        @Override
        public long memoryBytes(String parameters) {
            return SOUND.memoryBytes(reading.apply(parameters));
        }

        @Override
        public PowKernel newKernel(String parameters) {
            return kernels.apply(SOUND.newKernel(reading.apply(parameters)));
        }
    }

    private static final class Greedy implements PowKernel {
        private final PowKernel kernel;
        private final byte[] table = new byte[4 << 20];

        Greedy(PowKernel kernel) {
            this.kernel = kernel;
        }

        @Override
        public int score(byte[] prefix, long nonce) {
            return kernel.score(prefix, nonce) + table[0];
        }

        @Override
        public int search(byte[] prefix, long first, int count, int bits) {
            return kernel.search(prefix, first, count, bits) + table[1];
        }
    }
}
