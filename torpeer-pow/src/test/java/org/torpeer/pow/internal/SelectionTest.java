package org.torpeer.pow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.pow.kernel.KernelVerdict;

/** Kernels with faults are not used, and kernels that are slow neither. */
class SelectionTest {
    private static final long PATIENCE = 40_000_000;

    @Test
    void theFastestIsChosen() {
        Selection<Fake> selection = among(new Fake("portable", 1), new Fake("good", 4), new Fake("better", 40));
        assertThat(selection.chosen().name()).isEqualTo("better");
        assertThat(selection.verdicts())
                .filteredOn(KernelVerdict::chosen)
                .extracting(KernelVerdict::name)
                .containsExactly("better");
    }

    @Test
    void aSlowOneIsNotUsed() {
        Selection<Fake> selection = among(new Fake("portable", 20), new Fake("slow", 1));
        assertThat(selection.chosen().name()).isEqualTo("portable");
        assertThat(selection.verdicts().get(1)).satisfies(verdict -> {
            assertThat(verdict.usable()).isTrue();
            assertThat(verdict.remark()).isEqualTo("slower");
            assertThat(verdict.speed()).isLessThan(1);
        });
    }

    @Test
    void aWrongOneIsNotUsedHoweverFast() {
        Selection<Fake> selection = among(new Fake("portable", 1), new Fake("wrong", 1000, () -> false));
        assertThat(selection.chosen().name()).isEqualTo("portable");
        assertThat(selection.verdicts())
                .filteredOn(verdict -> verdict.name().equals("wrong"))
                .singleElement()
                .satisfies(verdict -> {
                    assertThat(verdict.usable()).isFalse();
                    assertThat(verdict.remark()).isEqualTo("disagrees with the reference");
                });
        assertThat(selection.correct()).extracting(Fake::name).containsExactly("portable");
    }

    /** As a compiler's fault does. */
    @Test
    void oneThatGoesWrongOnceItIsCompiledIsNotUsed() {
        int[] asked = {0};
        Selection<Fake> selection = among(new Fake("portable", 1), new Fake("turning", 1000, () -> asked[0]++ == 0));
        assertThat(selection.chosen().name()).isEqualTo("portable");
    }

    @Test
    void oneThatThrowsIsNotUsed() {
        Fake broken = new Fake("broken", 1000, () -> {
            throw new NoClassDefFoundError("jdk/incubator/vector/IntVector");
        });
        assertThat(among(new Fake("portable", 1), broken).chosen().name()).isEqualTo("portable");
    }

    @Test
    void oneThatAllocatesForEveryAttemptIsNotUsedHoweverFast() {
        Selection<Fake> selection =
                among(new Fake("portable", 1), new Fake("frugal", 20), new Fake("wasteful", 1000, () -> true, 48_000));
        assertThat(selection.chosen().name()).isEqualTo("frugal");
        assertThat(selection.verdicts().get(2)).satisfies(verdict -> {
            assertThat(verdict.usable()).isTrue();
            assertThat(verdict.chosen()).isFalse();
            assertThat(verdict.remark()).matches("allocates (48|49) bytes an attempt");
        });
    }

    @Test
    void whereAllAllocateTheFastestIsChosen() {
        Selection<Fake> selection =
                among(new Fake("portable", 1, () -> true, 1000), new Fake("fast", 50, () -> true, 1000));
        assertThat(selection.chosen().name()).isEqualTo("fast");
    }

    @Test
    void onlyTheAllowedAreUsed() {
        List<Fake> candidates = List.of(new Fake("portable", 1), new Fake("fast", 50));
        assertThat(new Selection<>("test", candidates, Set.of("portable"), PATIENCE)
                        .chosen()
                        .name())
                .isEqualTo("portable");
        assertThat(new Selection<>("test", candidates, Set.of("fast"), PATIENCE)
                        .chosen()
                        .name())
                .isEqualTo("fast");
        assertThatThrownBy(() -> new Selection<>("test", candidates, Set.of("vector-3"), PATIENCE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("portable, fast");
    }

    @Test
    void aForcedOneThatIsWrongGivesWayToThePortable() {
        List<Fake> candidates = List.of(new Fake("portable", 1), new Fake("wrong", 50, () -> false));
        assertThat(new Selection<>("test", candidates, Set.of("wrong"), PATIENCE)
                        .chosen()
                        .name())
                .isEqualTo("portable");
    }

    @Test
    void aMachineThatComputesWronglyIsNamed() {
        assertThatThrownBy(() -> among(new Fake("portable", 1, () -> false)))
                .isInstanceOf(TorPeerException.class)
                .hasMessageContaining("wrongly");
    }

    /** The candidates' own checks see kernels that are wrong in one way each. */
    @Test
    void wrongKernelsDisagree() {
        List<LongFunction<Long>> faults = List.of(
                nonce -> nonce & Long.MAX_VALUE, nonce -> nonce & 0xffffffffL, nonce -> nonce | 1, nonce -> nonce + 1);
        for (LongFunction<Long> fault : faults) {
            assertThat(new Sha256Candidate("wrong", () -> mistaking(fault)).agrees())
                    .isFalse();
        }
        assertThat(new Sha256Candidate("right", () -> mistaking(nonce -> nonce)).agrees())
                .isTrue();
    }

    @Test
    void aMixerThatIsWrongInOneLaneDisagrees() {
        for (ScryptCandidate sound : ScryptKernels.selection().correct()) {
            for (int lane = 0; lane < sound.lanes(); lane++) {
                int wrong = lane;
                ScryptCandidate spoilt = new ScryptCandidate(
                        "wrong", sound.lanes(), parameters -> new SpoiltMix(sound.newMixer(parameters), wrong));
                assertThat(spoilt.agrees()).isFalse();
            }
            assertThat(sound.agrees()).isTrue();
        }
    }

    private static Selection<Fake> among(Fake... candidates) {
        return new Selection<>("test", List.of(candidates), Set.of(), PATIENCE);
    }

    private static PowKernel mistaking(LongFunction<Long> fault) {
        Sha256Kernel kernel = new Sha256Kernel();
        return new PowKernel() {
            @Override
            public int score(byte[] prefix, long nonce) {
                return kernel.score(prefix, fault.apply(nonce));
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
        };
    }

    private record SpoiltMix(RoMix sound, int lane) implements RoMix {
        @Override
        public int lanes() {
            return sound.lanes();
        }

        @Override
        public void mix(int[] table, byte[][] blocks, int offset) {
            sound.mix(table, blocks, offset);
            blocks[lane][offset + 100] ^= 4;
        }
    }

    /** Claims attempts as if it were fast or slow, and allocates so many bytes for all of them. */
    private record Fake(String name, int speed, BooleanSupplier sound, int bytes) implements Candidate {
        private static final AtomicReference<byte[]> ALLOCATED = new AtomicReference<>(new byte[0]);

        Fake(String name, int speed) {
            this(name, speed, () -> true);
        }

        Fake(String name, int speed, BooleanSupplier sound) {
            this(name, speed, sound, 0);
        }

        @Override
        public boolean agrees() {
            return sound.getAsBoolean();
        }

        @Override
        public int attempts() {
            long spin = System.nanoTime() + 20_000;
            while (System.nanoTime() < spin) {
                Thread.onSpinWait();
            }
            if (bytes > 0) {
                ALLOCATED.set(new byte[bytes]);
            }
            return speed;
        }
    }
}
