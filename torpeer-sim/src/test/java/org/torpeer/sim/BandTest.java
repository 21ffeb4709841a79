package org.torpeer.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class BandTest {
    @Test
    @DisplayName("the interval is Student's")
    void student() {
        Band band = Band.of(1, 2, 3, 4, 5);
        assertThat(band.mean()).isEqualTo(3);
        assertThat(band.runs()).isEqualTo(5);
        assertThat(band.high()).isCloseTo(3 + 2.776 * Math.sqrt(2.5 / 5), within(1e-9));
        assertThat(band.low()).isCloseTo(3 - 2.776 * Math.sqrt(2.5 / 5), within(1e-9));
    }

    @Test
    @DisplayName("with many runs it comes near the normal distribution's")
    void many() {
        double[] values = new double[1000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 2;
        }
        assertThat(Band.of(values).high() - 0.5).isCloseTo(1.9623 * 0.5 / Math.sqrt(999), within(1e-5));
    }

    @Test
    @DisplayName("one run has no spread, and bounds cut the interval, not the mean")
    void bounds() {
        assertThat(Band.of(7)).isEqualTo(new Band(7, 7, 7, 1));
        assertThat(new Band(0.9, 0.7, 1.1, 3).within(0, 1)).isEqualTo(new Band(0.9, 0.7, 1, 3));
    }
}
