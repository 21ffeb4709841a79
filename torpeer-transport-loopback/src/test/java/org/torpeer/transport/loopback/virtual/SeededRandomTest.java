package org.torpeer.transport.loopback.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.testkit.TestSeed;

final class SeededRandomTest {
    private final long seed = TestSeed.random("SeededRandomTest").nextLong();
    private final SeededRandom random = new SeededRandom(seed);

    @Test
    @DisplayName("is SplitMix64, as the JDK's own")
    void splitMix() {
        SplittableRandom reference = new SplittableRandom(seed);
        for (int i = 0; i < 1_000; i++) {
            assertThat(random.nextLong()).isEqualTo(reference.nextLong());
        }
    }

    @Test
    @DisplayName("what a seed gives is fixed for ever")
    void fixed() {
        SeededRandom known = SeededRandom.stream(42, "node", 7);
        byte[] bytes = new byte[11];
        known.nextBytes(bytes);
        assertThat(bytes).asHexString().isEqualTo("A627923175B6ACE8B4A24B");
        assertThat(known.nextInt(1_000)).isEqualTo(842);
        assertThat(known.nextLong(5, 1L << 40)).isEqualTo(198979170332L);
        assertThat(known.nextDouble()).isEqualTo(0.09276977347413207);
        assertThat(known.nextGaussian()).isEqualTo(0.3940408577214048);
        assertThat(known.nextExponential()).isEqualTo(0.03919643054791882);
    }

    @Test
    @DisplayName("draws from ranges are uniform and stay inside")
    void ranges() {
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[random.nextInt(3, 10) - 3]++;
        }
        for (int count : counts) {
            assertThat(count).isCloseTo(10_000, within(600));
        }
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 100_000; i++) {
            double normal = random.nextGaussian();
            sum += normal;
            squares += normal * normal;
        }
        assertThat(sum / 100_000).isCloseTo(0, within(0.02));
        assertThat(squares / 100_000).isCloseTo(1, within(0.03));
    }

    @Test
    @DisplayName("refuses what is no range")
    void refuses() {
        assertThatThrownBy(() -> random.nextInt(0)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> random.nextLong(3, 3)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> random.nextLong(Long.MIN_VALUE, 1)).isInstanceOf(InvalidInputException.class);
    }
}
