package org.torpeer.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;

final class ScaleTest {
    @Test
    @DisplayName("a bootstrap and the engine's load are measured, and written as JSON")
    void measures() {
        Map<String, Double> figures = Scale.measured("simulated", "10", "20");
        assertThat(figures.get("discovered")).isGreaterThan(0.5);
        assertThat(figures.get("events")).isPositive();
        assertThat(Scale.json(figures)).startsWith("{\"nodes\": 10.0000, ").endsWith("}");
        assertThat(Scale.measured("newscast", "100", "2").get("events")).isGreaterThan(400);
    }

    @Test
    @DisplayName("what cannot be measured is refused")
    void refuses() {
        assertThatThrownBy(() -> Scale.measured("real")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Scale.measured("magic", "10")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Scale.measured("real", "1")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Scale.measured("newscast", "100", "2", "3")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Scale.measured("simulated", "10", "1", "books.mature"))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Scale.measured("real", "many")).isInstanceOf(NumberFormatException.class);
    }
}
