package org.torpeer.node.internal.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.torpeer.testkit.TestSeed;

class BackoffTest {
    private static final Duration LAST = Duration.ofMinutes(1);

    private final Random random = TestSeed.random("BackoffTest");

    @Test
    void pausesDoubleUpToTheLast() {
        assertThat(Backoff.doubled(Duration.ofSeconds(1), LAST)).isEqualTo(Duration.ofSeconds(2));
        assertThat(Backoff.doubled(Duration.ofSeconds(30), LAST)).isEqualTo(LAST);
        assertThat(Backoff.doubled(Duration.ofSeconds(31), LAST)).isEqualTo(LAST);
        assertThat(Backoff.doubled(LAST, LAST)).isEqualTo(LAST);
    }

    @Test
    void chanceIsHalfOfThePauseMoreOrLess() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(Backoff.spread(LAST, random)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(90));
        }
        assertThat(Backoff.pause(1, random))
                .isBetween(
                        Duration.ofMillis(2500).toNanos(),
                        Duration.ofMillis(7500).toNanos());
        assertThat(Backoff.pause(1000, random))
                .isBetween(
                        Duration.ofMinutes(30).toNanos(), Duration.ofMinutes(90).toNanos());
    }
}
