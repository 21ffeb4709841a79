package org.torpeer.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;

final class PlanTextTest {
    @Test
    @DisplayName("a plan written as text and read again is the same plan")
    void roundTrip() {
        for (Scenario scenario : Scenario.builtIn()) {
            RunPlan plan = new RunPlan(
                    scenario.with(Map.of("links.dial-failure", "0.25"), "here"), 17, Long.MAX_VALUE, Crypto.REAL);
            assertThat(PlanText.parse(PlanText.of(plan))).isEqualTo(plan);
        }
    }

    @Test
    @DisplayName("text that is no plan, and a scenario that no text can hold, are refused")
    void refused() {
        String right = PlanText.of(new RunPlan(Scenario.bootstrap(), 5, 1, Crypto.REAL));
        for (String wrong : List.of(
                "",
                "x",
                right + right,
                right + "plan.more = 1\n",
                right + "more = 1\n",
                right.replace("plan.seed = 1", "plan.seed = -1"),
                right.replace("plan.crypto = real", "plan.crypto = none"),
                right.replace("plan.nodes = 5", "plan.nodes = 1"))) {
            assertThatThrownBy(() -> PlanText.parse(wrong)).isInstanceOf(InvalidInputException.class);
        }
        Scenario base = Scenario.bootstrap();
        Scenario commented = new Scenario(
                base.name(),
                "about # something",
                base.nodes(),
                base.nodesPerRouter(),
                base.arrivals(),
                base.links(),
                base.clockSkew(),
                base.churn(),
                base.partition(),
                base.routerLoss(),
                base.books(),
                base.adversary(),
                base.enough(),
                base.settles(),
                base.lasts());
        assertThatThrownBy(() -> PlanText.of(new RunPlan(commented, 5, 1, Crypto.REAL)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot be written as text");
    }
}
