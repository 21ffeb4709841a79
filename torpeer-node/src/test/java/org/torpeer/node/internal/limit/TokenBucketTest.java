package org.torpeer.node.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.torpeer.testkit.TestSeed;

class TokenBucketTest {
    private static final double PER_SECOND = 0.1;
    private static final int BURST = 16;

    private final Random random = TestSeed.random("TokenBucketTest");

    @Test
    void aFullOneIsNoDifferentFromANewOne() {
        TokenBucket kept = new TokenBucket(PER_SECOND, BURST, 0);
        TokenBucket replaced = new TokenBucket(PER_SECOND, BURST, 0);
        int replacements = 0;
        long now = 0;
        for (int step = 0; step < 100_000; step++) {
            now += random.nextLong(
                    Duration.ofSeconds(random.nextInt(10) == 0 ? 300 : 5).toNanos());
            assertThat(replaced.full(now)).isEqualTo(kept.full(now));
            if (replaced.full(now)) {
                replaced = new TokenBucket(PER_SECOND, BURST, now);
                replacements++;
            }
            if (random.nextInt(100) == 0) {
                kept.grant(BURST);
                replaced.grant(BURST);
            }
            assertThat(replaced.take(now)).isEqualTo(kept.take(now));
        }
        assertThat(replacements).isPositive();
    }
}
