package org.torpeer.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.sim.run.Simulation;

final class RunJsonTest {
    private final RunResult result =
            Simulation.run(new RunPlan(Scenario.named("churn").lasting(Duration.ofMinutes(12)), 8, -5, Crypto.REAL));

    @Test
    @DisplayName("a run's JSON has the fields of its schema, and null where nothing was reached")
    void json() throws IOException {
        RunResult early = Simulation.run(result.plan(), sample -> false);
        StringWriter text = new StringWriter();
        RunJson.write(early, text);
        List<String> top = new ArrayList<>();
        String discovery = null;
        try (JsonParser parser = new JsonFactory().createParser(text.toString())) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token == JsonToken.FIELD_NAME && depth == 1) {
                    top.add(parser.currentName());
                }
                if (token == JsonToken.VALUE_NULL && "p100Seconds".equals(parser.currentName())) {
                    discovery = parser.getText();
                }
            }
        }
        assertThat(top)
                .containsExactly(
                        "schema",
                        "scenario",
                        "nodes",
                        "seed",
                        "crypto",
                        "configuration",
                        "traceHash",
                        "complete",
                        "simulatedSeconds",
                        "wallSeconds",
                        "events",
                        "eventsPerSecond",
                        "heapBytesPerNode",
                        "results");
        assertThat(discovery).isEqualTo("null");
        assertThat(early.complete()).isFalse();
        assertThat(text.toString())
                .contains("\"schema\" : \"torpeer.run/1\"", "\"seed\" : -5", "\"medianSeconds\" : 1800.0");
    }

    @Test
    @DisplayName("the series is one line a sample")
    void csv() throws IOException {
        StringWriter text = new StringWriter();
        SeriesCsv.write(result.series(), text);
        String[] lines = text.toString().split("\r\n", -1);
        assertThat(lines).hasSize(result.series().size() + 2);
        assertThat(lines[0].split(",", -1)).hasSize(10);
        assertThat(lines[1]).startsWith(result.series().get(0).seconds() + ",");
    }
}
