package org.torpeer.sim.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.TorPeerException;
import org.torpeer.sim.Crypto;
import org.torpeer.sim.Experiment;
import org.torpeer.sim.ExperimentResult;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.RunResult;
import org.torpeer.sim.RunWatch;
import org.torpeer.sim.Sample;
import org.torpeer.sim.Scenario;
import org.torpeer.sim.ScenarioFile;
import org.torpeer.sim.Snapshot;
import org.torpeer.sim.run.Batch;
import org.torpeer.sim.run.Simulation;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

final class ReportTest {
    private static final Scenario SCENARIO = ScenarioFile.parse(
            "<b>&\"mine\"", "about = \"a\" < b & c > </script><script>\narrivals = 1 min\nlasts = 20 min");
    private static final Experiment EXPERIMENT = new Experiment(new RunPlan(SCENARIO, 8, 4, Crypto.REAL), 3);

    @TempDir
    static Path folder;

    private static ExperimentResult result;
    private static Path written;

    @BeforeAll
    static void write() {
        try (OutputFolder out = OutputFolder.prepare(folder.resolve("a/b/c"))) {
            written = out.path();
            result = Simulation.run(EXPERIMENT, 2, new EventLogs(out, new Patient()));
            Report.write(result, out);
        }
    }

    private static final class Patient implements Batch.Watch {
        @Override
        public RunWatch begins(RunPlan plan) {
            return RunWatch.PATIENT;
        }

        @Override
        public void ended(RunResult ended) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    }

    @Test
    @DisplayName("everything is there")
    void files() throws IOException {
        try (Stream<Path> files = Files.list(written)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains(
                            "run.json",
                            "series.csv",
                            "bands.csv",
                            "graph.graphml",
                            "report.html",
                            "discovery.svg",
                            "connectedness.svg",
                            "traffic.svg",
                            "dials.svg",
                            "sessions.svg",
                            "degrees.svg",
                            "events-4.jsonl",
                            "events-5.jsonl",
                            "events-6.jsonl");
        }
    }

    @Test
    @DisplayName("GraphML and SVG are well-formed, and the graph is the network's")
    void xml() throws Exception {
        Document graph = parse(Files.readString(written.resolve("graph.graphml")));
        assertThat(graph.getElementsByTagName("node").getLength()).isEqualTo(8);
        assertThat(graph.getElementsByTagName("edge").getLength())
                .isEqualTo(result.first().network().links().size())
                .isPositive();
        try (Stream<Path> files = Files.list(written)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".svg")).toList()) {
                assertThat(parse(Files.readString(file)).getDocumentElement().getTagName())
                        .isEqualTo("svg");
            }
        }
        String curves = Files.readString(written.resolve("discovery.svg"));
        assertThat(curves).contains("class=\"band colour0\"", "class=\"line colour0\"", "one knows the other");
    }

    @Test
    @DisplayName("the page needs nothing but itself, and what a scenario says is text on it")
    void selfContained() throws IOException {
        String page = Files.readString(written.resolve("report.html"));
        assertThat(page)
                .doesNotContain("http:", "https:", "<link", "@import", "src=", "</script><script>\narrivals", "<b>&\"")
                .doesNotContainPattern("url\\(");
        assertThat(page)
                .contains(
                        "&lt;b&gt;&amp;&quot;mine&quot;, 8 nodes",
                        "3 seeds from 4",
                        result.first().traceHash(),
                        "prefers-color-scheme: dark",
                        "width=device-width",
                        "type=\"range\"",
                        "Sessions of a node",
                        "How dials ended");
        for (Path file : List.of(written.resolve("discovery.svg"), written.resolve("graph.graphml"))) {
            assertThat(Files.readString(file).replaceAll("xmlns=\"[^\"]*\"", ""))
                    .doesNotContain("http");
        }
    }

    @Test
    @DisplayName("the elements of the page are closed in the order they were opened")
    void balanced() throws Exception {
        String page = Files.readString(written.resolve("report.html"))
                .replaceFirst("<!DOCTYPE html>", "")
                .replaceAll("<meta ([^>]*)>", "<meta $1/>")
                .replaceAll("<input ([^>]*)>", "<input $1/>")
                .replaceAll("(?s)<script>.*?</script>", "")
                .replace(" hidden>", ">");
        assertThat(parse(page).getElementsByTagName("figure").getLength()).isGreaterThanOrEqualTo(6);
    }

    @Test
    @DisplayName("the film's links are, frame by frame, those of the pictures")
    void film() throws IOException {
        String page = Files.readString(written.resolve("report.html"));
        int frames = result.first().film().size();
        assertThat(page.split("\"s\":\"", -1)).hasSize(frames + 1);
        assertThat(result.first().film().get(frames - 1).links())
                .isEqualTo(result.first().network().links());
    }

    @Test
    @DisplayName("nodes that never have a session are below the others, and all are within the picture")
    void layout() {
        List<Snapshot.Vertex> vertices = IntStream.range(0, 8)
                .mapToObj(number -> new Snapshot.Vertex(number, true, false, false, 0))
                .toList();
        Snapshot picture = new Snapshot(
                1, vertices, List.of(new Snapshot.Link(0, 1), new Snapshot.Link(1, 2), new Snapshot.Link(5, 0)));
        double[][] places = Layout.of(List.of(picture));
        double lowest =
                IntStream.of(0, 1, 2, 5).mapToDouble(i -> places[1][i]).max().orElseThrow();
        assertThat(IntStream.of(3, 4, 6, 7).mapToDouble(i -> places[1][i])).allMatch(y -> y > lowest);
        assertThat(IntStream.range(0, 8).mapToObj(i -> List.of(places[0][i], places[1][i])))
                .doesNotHaveDuplicates();
        for (double[] each : places) {
            assertThat(each).hasSize(8);
            assertThat(Arrays.stream(each)).allMatch(value -> value >= 0 && value <= 1);
        }
        double[][] nobody = Layout.of(List.of(new Snapshot(1, vertices, List.of())));
        assertThat(Arrays.stream(nobody[0])).allMatch(value -> value >= 0 && value <= 1);
    }

    @Test
    @DisplayName("the event log tells of starts, dials and sessions, and changes nothing")
    void events() throws IOException {
        String log = Files.readString(written.resolve("events-4.jsonl"));
        assertThat(log)
                .startsWith("{\"seconds\":0.0,\"node\":0,\"event\":\"started\"}\n")
                .contains(
                        "\"event\":\"dialed\"",
                        "\"event\":\"met\"",
                        "\"event\":\"learned\"",
                        "\"detail\":\"CONNECTED\"");
        assertThat(Simulation.run(EXPERIMENT.first()).traceHash())
                .isEqualTo(result.first().traceHash());
    }

    @Test
    @DisplayName("seeds run beside each other give what they give alone")
    void parallel() {
        assertThat(result.runs().stream().map(run -> run.plan().seed())).containsExactly(4L, 5L, 6L);
        assertThat(Simulation.run(EXPERIMENT.plans().get(2)).traceHash())
                .isEqualTo(result.runs().get(2).traceHash());
        assertThat(result.complete()).isTrue();
        assertThat(result.bands().get("discovery.p50Seconds")).isNotNull();
        assertThat(result.bands().values()).allMatch(band -> band.low() <= band.mean() && band.mean() <= band.high());
    }

    @Test
    @DisplayName("what is measured under a new name is shown without more ado")
    void extensible() {
        RunResult run = result.first();
        List<Sample> series = new ArrayList<>();
        for (Sample sample : run.series()) {
            Map<String, Double> values = new LinkedHashMap<>(sample.values());
            values.put("zombies", sample.seconds());
            series.add(new Sample(sample.seconds(), values));
        }
        Map<String, Double> measures = new HashMap<>(run.measures());
        measures.put("zombies", 3.0);
        RunResult more = new RunResult(
                run.plan(),
                run.traceHash(),
                true,
                run.simulatedSeconds(),
                run.wallSeconds(),
                run.events(),
                run.heapBytesPerNode(),
                run.milestones(),
                measures,
                run.degrees(),
                run.dials(),
                run.sessions(),
                0,
                series,
                run.network(),
                run.film());
        OutputFolder out = OutputFolder.prepare(folder.resolve("more"));
        Report.write(new ExperimentResult(new Experiment(run.plan(), 1), List.of(more)), out);
        assertThat(out.path().resolve("zombies.svg")).exists();
        assertThat(out.path().resolve("report.html")).content().contains("<h2>zombies</h2>");
        assertThat(out.path().resolve("run.json")).content().contains("\"zombies\" : 3.0");
    }

    @Test
    @DisplayName("without pictures there is a page all the same")
    void withoutPictures() {
        OutputFolder out = OutputFolder.prepare(folder.resolve("bare"));
        RunResult bare = result.first().withoutPictures();
        Report.write(new ExperimentResult(new Experiment(bare.plan(), 1), List.of(bare)), out);
        assertThat(out.path().resolve("report.html"))
                .content()
                .contains("Milestones")
                .doesNotContain("<canvas");
    }

    @Test
    @DisplayName("a folder that holds something, is a file or cannot be made is refused, and nothing is written over")
    void folders() throws IOException {
        assertThatThrownBy(() -> OutputFolder.prepare(written))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not empty");
        Path file = Files.writeString(folder.resolve("file"), "mine");
        assertThatThrownBy(() -> OutputFolder.prepare(file)).hasMessageContaining("is not a folder");
        assertThatThrownBy(() -> OutputFolder.prepare(file.resolve("below"))).isInstanceOf(InvalidInputException.class);
        OutputFolder out = OutputFolder.prepare(folder.resolve("taken"));
        Files.writeString(out.path().resolve("run.json"), "mine");
        assertThatThrownBy(() -> Report.write(result, out))
                .isInstanceOf(TorPeerException.class)
                .hasMessageContaining("run.json");
        assertThat(out.path().resolve("run.json")).hasContent("mine");
        assertThat(file).hasContent("mine");
    }

    @Test
    @DisplayName("a folder is one command's at a time, and is gone if it was made for nothing")
    void claims() throws IOException {
        Path path = folder.resolve("deep/er/one");
        try (OutputFolder first = OutputFolder.prepare(path)) {
            assertThatThrownBy(() -> OutputFolder.prepare(path))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(path + " is in use by another command: let that end, or name another folder");
            first.write("mine", to -> to.write("mine"));
        }
        assertThat(path).isDirectoryContaining("glob:**mine").isDirectoryNotContaining("glob:**lock");
        Path other = folder.resolve("deep/other/one");
        OutputFolder.prepare(other).close();
        assertThat(folder.resolve("deep/other")).doesNotExist();
        assertThat(folder.resolve("deep/er")).exists();
        Path given = Files.createDirectory(folder.resolve("given"));
        Files.createFile(given.resolve(".torpeer-lock"));
        try (OutputFolder killed = OutputFolder.prepare(given)) {
            assertThat(killed.path()).isEqualTo(given);
        }
        assertThat(given).isEmptyDirectory();
        assertThatThrownBy(() -> OutputFolder.prepare(path)).hasMessageContaining("is not empty");
        assertThat(path.resolve("mine")).hasContent("mine");
        assertThat(path).isDirectoryNotContaining("glob:**lock");
    }

    @Test
    @DisplayName("what cannot be made is no fault of the command line")
    void cannotBeMade() {
        Path path = Path.of("/proc/nothing");
        assumeThat(Path.of("/proc/self")).exists();
        assertThatThrownBy(() -> OutputFolder.prepare(path))
                .isInstanceOf(TorPeerException.class)
                .isNotInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("cannot write to the folder /proc/nothing: ")
                .message()
                .doesNotContain("Exception");
    }

    @Test
    @DisplayName("a full disk is one line, and ends a run that logs its events")
    void fullDisk() {
        OutputFolder out = OutputFolder.prepare(folder.resolve("full"));
        assertThatThrownBy(() -> out.write("x", to -> {
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(TorPeerException.class)
                .isNotInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith("x: No space left on device");
        assertThat(out.path().resolve("x")).doesNotExist();
        EventLog log = EventLog.to(new FullDisk(), out, "events-4.jsonl", RunWatch.PATIENT);
        RunResult run = Simulation.run(EXPERIMENT.first(), log);
        assertThat(run.complete()).isFalse();
        assertThat(run.failedTasks()).isZero();
        assertThatThrownBy(log::close)
                .isInstanceOf(TorPeerException.class)
                .hasMessageEndingWith("events-4.jsonl: No space left on device");
    }

    private static final class FullDisk extends Writer {
        @Override
        public void write(char[] characters, int from, int length) throws IOException {
            throw new IOException("No space left on device");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static Document parse(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }
}
