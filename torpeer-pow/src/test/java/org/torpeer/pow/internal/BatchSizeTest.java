package org.torpeer.pow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.torpeer.testkit.TestSeed;

class BatchSizeTest {
    @Test
    void settlesOnTheTargetTime() {
        for (long nanosPerAttempt : new long[] {15, 60, 3_000, 175_000, 30_000_000}) {
            BatchSize size = new BatchSize(false);
            for (int i = 0; i < 1000; i++) {
                int count = size.next();
                assertThat(count * nanosPerAttempt)
                        .isLessThanOrEqualTo(Math.max(BatchSize.TARGET_NANOS, nanosPerAttempt));
                size.took(count, count * nanosPerAttempt);
            }
            assertThat(size.next() * nanosPerAttempt)
                    .isGreaterThanOrEqualTo(Math.min(BatchSize.TARGET_NANOS / 2, nanosPerAttempt));
        }
    }

    /** Misses cost 60 ns, one in 1024 costs 180 ms: cheap luck at the start must not lead to batches of seconds. */
    @Test
    void isNotFooledByAGate() {
        Random random = TestSeed.random("isNotFooledByAGate");
        for (int run = 0; run < 100; run++) {
            BatchSize size = new BatchSize(false);
            for (int i = 0; i < 500; i++) {
                int count = size.next();
                assertThat(count).isLessThan(16 * 1024);
                size.took(
                        count,
                        count * 60L
                                + random.ints(count, 0, 1024)
                                                .filter(n -> n == 0)
                                                .count()
                                        * 180_000_000);
            }
        }
    }

    @Test
    void recoversFromAMachineThatSlept() {
        BatchSize size = new BatchSize(false);
        for (int i = 0; i < 1000; i++) {
            int count = size.next();
            size.took(count, count * 60L);
        }
        size.took(1, 1_000_000_000_000_000L);
        long nanos = 0;
        while (size.next() * 60L < BatchSize.TARGET_NANOS / 2) {
            int count = size.next();
            nanos += count * 60L;
            size.took(count, count * 60L);
            assertThat(nanos).isLessThan(5_000_000_000L);
        }
    }

    @Test
    void isBoundedWhereTimeStandsStill() {
        BatchSize size = new BatchSize(false);
        for (int i = 0; i < 10_000; i++) {
            assertThat(size.next()).isBetween(1, BatchSize.MAX);
            size.took(size.next(), 0);
        }
    }
}
