package org.torpeer.pow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.torpeer.api.Progress;

class OddsTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void aSearchIsHalfDoneAfterTheMedian() {
        Progress progress = Odds.of(new Sha256Algorithm(), 20)
                .after(Math.round(Math.log(2) * (1 << 20)), Math.round(Math.log(2) * (1 << 20)), SECOND);
        assertThat(progress.fraction()).isCloseTo(0.5, within(1e-4));
        assertThat(progress.detail()).isEqualTo("726.8 k attempts/s, 50 % by 1 s, 95 % by 4 s");
    }

    @Test
    void nothingIsForetoldFromNoAttempts() {
        Progress progress = Odds.of(new Sha256Algorithm(), 20).after(0, 0, SECOND);
        assertThat(progress.fraction()).isZero();
        assertThat(progress.detail()).isEqualTo("finding out how fast this is");
    }

    @Test
    void codeThatIsNotCompiledYetForetellsNothing() {
        Odds odds = Odds.of(new ScryptAlgorithm(), 8);
        assertThat(odds.after(1 << 14, 1 << 14, SECOND).detail()).isEqualTo("finding out how fast this is");
        assertThat(odds.after(1 << 14, 1 << 14, 4 * SECOND).detail()).startsWith("4.0 attempts/s");
    }

    @Test
    void theGateCountsIn() {
        Progress progress = Odds.of(new ScryptAlgorithm(), 8).after(1 << 18, 1 << 18, SECOND);
        assertThat(progress.fraction()).isCloseTo(1 - Math.exp(-1), within(1e-9));
        assertThat(progress.detail()).as("those that pass it are attempts").startsWith("256.0 attempts/s");
    }

    @Test
    void timesAreWrittenForPeople() {
        assertThat(detail(10, 1)).isEqualTo("1.0 attempts/s, 50 % by 12 min, 95 % by 51 min");
        assertThat(detail(18, 10)).isEqualTo("10.0 attempts/s, 50 % by 5 h, 95 % by 22 h");
        assertThat(detail(40, 20_000_000)).isEqualTo("20.0 M attempts/s, 50 % by 11 h, 95 % by 46 h");
        assertThat(detail(45, 20_000_000)).isEqualTo("20.0 M attempts/s, 50 % by 14 d, 95 % by 61 d");
        assertThat(detail(255, 20_000_000)).contains("e+61 years").hasSizeLessThan(80);
    }

    private static String detail(int bits, long attempts) {
        return Odds.of(new Sha256Algorithm(), bits)
                .after(10 * attempts, 10 * attempts, 10 * SECOND)
                .detail();
    }
}
