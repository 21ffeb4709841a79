package org.torpeer.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.InvalidInputException;
import org.torpeer.sim.report.OutputFolder;
import org.torpeer.sim.report.Report;
import org.torpeer.sim.run.Batch;
import org.torpeer.sim.run.Simulation;

/** Runs of which some were broken off. */
final class ExperimentResultTest {
    private static final Experiment EXPERIMENT =
            new Experiment(new RunPlan(Scenario.flashCrowd(), 5, 1, Crypto.REAL), 4);

    private static RunResult whole;
    private static RunResult other;
    private static RunResult partial;

    @TempDir
    Path folder;

    @BeforeAll
    static void run() {
        List<RunPlan> plans = EXPERIMENT.plans();
        whole = Simulation.run(plans.get(0));
        other = Simulation.run(plans.get(2));
        partial = Simulation.run(plans.get(1), sample -> false);
    }

    @Test
    @DisplayName("runs that were broken off are kept, and are in no mean, band or curve")
    void leavesOut() {
        ExperimentResult mixed = new ExperimentResult(EXPERIMENT, List.of(whole, partial, other));
        ExperimentResult without = new ExperimentResult(EXPERIMENT, List.of(whole, other));
        assertThat(partial.complete()).isFalse();
        assertThat(mixed.complete()).isFalse();
        assertThat(mixed.runs()).contains(partial);
        assertThat(mixed.partial()).containsExactly(partial);
        assertThat(mixed.summarised()).containsExactly(whole, other);
        assertThat(mixed.bands()).isEqualTo(without.bands());
        assertThat(mixed.bands().get(Measure.DIALS_PER_NODE))
                .extracting(Band::runs)
                .isEqualTo(2);
        assertThat(mixed.series(Measure.DISCOVERED)).isEqualTo(without.series(Measure.DISCOVERED));
    }

    @Test
    @DisplayName("where no run came to its end, one of them stands for itself, and there are no bands")
    void alone() throws IOException {
        ExperimentResult broken = new ExperimentResult(EXPERIMENT, List.of(partial));
        assertThat(broken.summarised()).containsExactly(partial);
        assertThat(broken.bands().values()).allMatch(band -> band.runs() == 1);
        assertThat(json(broken)).contains("\"partialSeeds\" : [ 2 ]", "\"bands\" : { }");
    }

    @Test
    @DisplayName("run.json and the report say which runs were left out, and a replay finds them")
    void said() throws IOException {
        ExperimentResult mixed = new ExperimentResult(EXPERIMENT, List.of(whole, partial, other));
        assertThat(json(mixed)).contains("\"partialSeeds\" : [ 2 ]", "\"runs\" : 2\n");
        assertThat(json(new ExperimentResult(EXPERIMENT, List.of(whole, other))))
                .contains("\"partialSeeds\" : [ ]");
        assertThat(SavedRun.parse(json(mixed), "it").stream().map(SavedRun::complete))
                .containsExactly(true, false, true);
        OutputFolder out = OutputFolder.prepare(folder.resolve("out"));
        Report.write(mixed, out);
        assertThat(out.path().resolve("report.html"))
                .content()
                .contains(
                        "Broken off: 2 of 4 seeds came to their end, and all means are over these. Seed 2 was"
                                + " broken off after ",
                        "2 seeds",
                        "<td data-name=\"ended\">broken off</td>",
                        "Means over 2 seeds");
    }

    @Test
    @DisplayName("what is compared with less than was asked for is not complete")
    void compared() {
        RunPlan plan = new RunPlan(Scenario.eclipse(), 5, 1, Crypto.REAL);
        Experiment experiment = new Experiment(plan, 1);
        ExperimentResult same = new ExperimentResult(experiment, List.of(whole));
        assertThat(same.complete()).as("compared with nothing").isTrue();
        assertThat(new ExperimentResult(experiment, List.of(whole), List.of(same)).complete())
                .isFalse();
        assertThat(new ExperimentResult(experiment, List.of(whole), Collections.nCopies(4, same)).complete())
                .isTrue();
        ExperimentResult broken = new ExperimentResult(experiment, List.of(partial));
        ExperimentResult mixed = new ExperimentResult(experiment, List.of(whole), List.of(same, same, broken, same));
        assertThat(mixed.comparedWhole()).isFalse();
        assertThat(mixed.complete()).isFalse();
    }

    @Test
    @DisplayName("seeds have an end, and runs need a thread")
    void refused() {
        RunPlan last = EXPERIMENT.first().seeded(Long.MAX_VALUE);
        assertThat(new Experiment(last, 1).plans()).hasSize(1);
        assertThatThrownBy(() -> new Experiment(last, 2))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("seeds up to 9223372036854775807");
        assertThatThrownBy(() -> Batch.run(EXPERIMENT.plans(), 0, new Nobody()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at least one thread");
        assertThatThrownBy(() -> Simulation.run(EXPERIMENT, 0, new Nobody())).isInstanceOf(InvalidInputException.class);
    }

    private static final class Nobody implements Batch.Watch {
        @Override
        public RunWatch begins(RunPlan plan) {
            throw new AssertionError("nothing is to run");
        }

        @Override
        public void ended(RunResult result) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    }

    private static String json(ExperimentResult result) throws IOException {
        StringWriter text = new StringWriter();
        RunJson.write(result, text);
        return text.toString();
    }
}
