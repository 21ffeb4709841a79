package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.torpeer.sim.ScenarioFile;
import org.w3c.dom.Document;

/** Every built-in scenario, small and short, from the command line to files that others can read. */
final class SimScenariosIT {
    private static final Pattern DATA = Pattern.compile("(?s)<script[^>]*application/json\">(.*?)</script>");

    @TempDir
    Path folder;

    static List<String> scenarios() {
        return ScenarioFile.builtIn();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    @DisplayName("a built-in scenario writes JSON, CSV, GraphML, SVG and a page that are well-formed")
    void writes(String scenario) throws Exception {
        Path out = folder.resolve("out");
        Run run = Run.of(
                "sim", "run", scenario, "--nodes", "8", "--seeds", "2", "--duration", "14min", "--out", out.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(fields(Files.readString(out.resolve("run.json"))))
                .contains("schema", "scenario", "traceHash", "results", "discovery", "p99Seconds", "runs", "bands");
        table(out.resolve("series.csv"));
        table(out.resolve("bands.csv"));
        Document graph = xml(out.resolve("graph.graphml"));
        assertThat(graph.getElementsByTagName("node").getLength()).isGreaterThanOrEqualTo(8);
        List<Path> plots;
        try (Stream<Path> files = Files.list(out)) {
            plots = files.filter(file -> file.toString().endsWith(".svg")).toList();
        }
        assertThat(plots).hasSizeGreaterThanOrEqualTo(6);
        for (Path plot : plots) {
            assertThat(xml(plot).getDocumentElement().getTagName()).isEqualTo("svg");
            assertThat(Files.readString(plot)).doesNotContain("NaN", "Infinity");
        }
        page(Files.readString(out.resolve("report.html")), scenario);
        assertThat(Run.of("sim", "replay", out.resolve("run.json").toString()).code())
                .isZero();
    }

    private static void page(String page, String scenario) throws IOException {
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .endsWith("</html>\n")
                .contains("<h1>" + scenario + ", 8 nodes</h1>")
                .doesNotContain("http:", "https:", "src=", "@import", "<link", "NaN", "Infinity", "null");
        Matcher data = DATA.matcher(page);
        assertThat(data.find()).isTrue();
        assertThat(fields(data.group(1))).contains("nodes", "frames");
    }

    /** The names of all fields, wherever they are; whoever reads them all has read well-formed JSON. */
    private static List<String> fields(String text) throws IOException {
        List<String> fields = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(text)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    fields.add(json.currentName());
                }
            }
        }
        return fields;
    }

    private static void table(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int columns = lines.get(0).split(",", -1).length;
        assertThat(lines).hasSizeGreaterThan(10);
        assertThat(lines).allMatch(line -> line.split(",", -1).length == columns);
        assertThat(lines.subList(1, lines.size())).allMatch(line -> line.matches("[-0-9.,E]+"));
    }

    private static Document xml(Path file) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(file.toFile());
    }
}
