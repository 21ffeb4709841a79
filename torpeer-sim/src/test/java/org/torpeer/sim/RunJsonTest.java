package org.torpeer.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.InvalidInputException;
import org.torpeer.sim.run.Simulation;

final class RunJsonTest {
    private static final RunPlan PLAN =
            new RunPlan(Scenario.named("churn").lasting(Duration.ofMinutes(12)), 8, -5, Crypto.REAL);

    @TempDir
    Path folder;

    @Test
    @DisplayName("a run's JSON has the fields of its schema, and null where nothing was reached")
    void json() throws IOException {
        RunResult early = Simulation.run(PLAN, sample -> false);
        String text = text(early);
        List<String> top = new ArrayList<>();
        String discovery = null;
        try (JsonParser parser = new JsonFactory().createParser(text)) {
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
                        "seeds",
                        "partialSeeds",
                        "crypto",
                        "jvm",
                        "configuration",
                        "traceHash",
                        "complete",
                        "simulatedSeconds",
                        "wallSeconds",
                        "events",
                        "eventsPerSecond",
                        "heapBytesPerNode",
                        "results",
                        "runs",
                        "bands");
        assertThat(discovery).isEqualTo("null");
        assertThat(early.complete()).isFalse();
        assertThat(text)
                .contains(
                        "\"schema\" : \"torpeer.run/1\"",
                        "\"seed\" : -5",
                        "\"churn.session\" : \"median 30 min, p99 4 h\"",
                        "\"lasts\" : \"12 min\"");
    }

    @Test
    @DisplayName("what was written can be read and run again")
    void readsAgain() throws IOException {
        RunResult result = Simulation.run(PLAN);
        Path file = Files.writeString(folder.resolve("run.json"), text(result));
        SavedRun saved = SavedRun.read(file).get(0);
        assertThat(saved.plan()).isEqualTo(PLAN);
        assertThat(saved.traceHash()).isEqualTo(result.traceHash());
        assertThat(saved.complete()).isTrue();
        assertThat(saved.results())
                .containsEntry(Measure.DIALS_PER_NODE, result.measure(Measure.DIALS_PER_NODE))
                .containsEntry("discovery.p50Seconds", result.discovery().p50Seconds());
        assertThat(Simulation.run(saved.plan()).traceHash()).isEqualTo(saved.traceHash());
    }

    @Test
    @DisplayName("what is no run is refused with a line that says why")
    void refuses() throws IOException {
        String good = text(Simulation.run(PLAN, sample -> false));
        refuses("", "JSON object is expected");
        refuses("{", "not JSON");
        refuses("[]", "JSON object is expected");
        refuses("{}", "schema");
        refuses("{}{}", "nothing after it");
        refuses("[".repeat(10_000), "JSON");
        refuses(good.replace("torpeer.run/1", "torpeer.run/2"), "schema");
        refuses(good.replace("\"nodes\" : 8", "\"nodes\" : 1"), "2 to 200000");
        refuses(good.replace("\"nodes\" : 8", "\"nodes\" : \"8\""), "'nodes'");
        refuses(good.replace("\"real\"", "\"unreal\""), "unreal");
        refuses(good.replace("\"lasts\" :", "\"last\" :"), "no key 'last'");
        refuses(good.replaceAll("\"traceHash\" : \"[0-9a-f]", "\"traceHash\" : \"x"), "traceHash");
        refuses(good.substring(0, good.length() / 2), "JSON");
        assertThatThrownBy(() -> SavedRun.read(folder)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> SavedRun.read(folder.resolve("none"))).hasMessageContaining("cannot read");
    }

    @Test
    @DisplayName("the series is one line a sample, and the bands one a time")
    void csv() throws IOException {
        RunResult result = Simulation.run(PLAN);
        ExperimentResult experiment = experiment(result, result);
        StringWriter text = new StringWriter();
        SeriesCsv.write(experiment, text);
        String[] lines = text.toString().split("\r\n", -1);
        assertThat(lines).hasSize(2 * result.series().size() + 2);
        int columns = lines[0].split(",", -1).length;
        assertThat(lines[0]).startsWith("seed,seconds,up,discovered,");
        assertThat(lines[1].split(",", -1)).hasSize(columns);
        StringWriter bands = new StringWriter();
        SeriesCsv.writeBands(experiment, bands);
        assertThat(bands.toString().split("\r\n", -1)[0].split(",", -1)).hasSize(1 + 3 * (columns - 2));
        assertThat(bands.toString()).hasLineCount(result.series().size() + 1);
    }

    private void refuses(String text, String why) throws IOException {
        Path file = Files.writeString(folder.resolve("run.json"), text);
        assertThatThrownBy(() -> SavedRun.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(why)
                .message()
                .hasLineCount(1);
    }

    private static String text(RunResult result) throws IOException {
        StringWriter text = new StringWriter();
        RunJson.write(experiment(result), text);
        return text.toString();
    }

    private static ExperimentResult experiment(RunResult... runs) {
        return new ExperimentResult(new Experiment(runs[0].plan(), runs.length), List.of(runs));
    }
}
