package org.torpeer.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.transport.loopback.Latency;

final class ScenarioTest {
    private static final Latency HOUR = Latency.fixed(Duration.ofHours(1));

    @Test
    @DisplayName("an unknown name's error lists those there are")
    void unknown() {
        assertThatThrownBy(() -> Scenario.named("bootstap"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("bootstap", "bootstrap", "churn", "partition", "flash-crowd");
    }

    @Test
    @DisplayName("impossible values are refused")
    void impossible() {
        Scenario bootstrap = Scenario.named("bootstrap");
        assertThatThrownBy(() -> new RunPlan(bootstrap, 0, 1, Crypto.REAL)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new RunPlan(bootstrap, 1, 1, Crypto.REAL)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> bootstrap.lasting(Duration.ofSeconds(-1))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> bootstrap.lasting(Duration.ZERO))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("a run lasts longer than nothing");
        assertThatThrownBy(() -> new Churn(Duration.ZERO, HOUR, HOUR, 1.2)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new Partition(Duration.ofHours(1), Duration.ofHours(1), 0.5))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new Partition(Duration.ZERO, Duration.ofHours(1), Double.NaN))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    @DisplayName("there is a router for every two hundred nodes, and always one")
    void routers() {
        Scenario bootstrap = Scenario.named("bootstrap");
        assertThat(bootstrap.routers(2)).isEqualTo(1);
        assertThat(bootstrap.routers(1_000)).isEqualTo(5);
    }
}
