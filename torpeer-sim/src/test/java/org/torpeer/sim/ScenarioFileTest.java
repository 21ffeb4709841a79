package org.torpeer.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.torpeer.api.InvalidInputException;
import org.torpeer.testkit.TestSeed;
import org.torpeer.transport.loopback.Latency;
import org.torpeer.transport.loopback.LinkModel;

final class ScenarioFileTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("routers' books are as mature as the others unless something else is said")
    void routersBooks() {
        assertThat(ScenarioFile.parse("mine", "books.mature = 16").books()).isEqualTo(new Books(256, 64, 16, 16));
        Scenario larger = ScenarioFile.parse("mine", "books.mature = 16\nbooks.routers-mature = 512");
        assertThat(larger.books()).isEqualTo(new Books(256, 64, 16, 512));
        assertThat(ScenarioFile.settings(larger)).containsEntry("books.routers-mature", "512");
        assertThat(ScenarioFile.of("mine", ScenarioFile.settings(larger), "settings"))
                .isEqualTo(larger);
        assertThat(ScenarioFile.parse("mine", "books.routers-mature = 600").books())
                .isEqualTo(new Books(256, 64, 512, 600));
    }

    @Test
    @DisplayName("an empty file is a bootstrap over links shaped like Tor")
    void defaults() {
        Scenario scenario = ScenarioFile.parse("mine", "\n# nothing\n   \n");
        assertThat(scenario.name()).isEqualTo("mine");
        assertThat(scenario.links()).isEqualTo(LinkModel.TOR);
        assertThat(scenario.churn()).isNull();
        assertThat(scenario.partition()).isNull();
        assertThat(scenario.lasts()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    @DisplayName("every key is read")
    void everything() {
        Scenario scenario = ScenarioFile.parse("mine", """
                about = all of it   # and a comment
                nodes = 30
                nodes-per-router = 10
                arrivals = 1.5 min
                clock-skew = 250ms
                enough = 0.75
                settles = 10 s
                lasts = 1 h
                links.connect = 2 s
                links.round-trip = 0.1 s to 1 s
                links.dial-failure = 0.25
                links.bytes-per-second = 1000
                links.mean-lifetime = 1 d
                churn.begins = 1 min
                churn.session = median 5 min, p99 1 h
                churn.absence = 3 us
                churn.keeps-state = 1
                partition.begins = 5 ns
                partition.heals = 6 ns
                partition.share = 1e-3
                """);
        assertThat(scenario)
                .isEqualTo(new Scenario(
                        "mine",
                        "all of it",
                        30,
                        10,
                        Duration.ofSeconds(90),
                        new LinkModel(
                                Latency.fixed(Duration.ofSeconds(2)),
                                Latency.uniform(Duration.ofMillis(100), Duration.ofSeconds(1)),
                                0.25,
                                1000,
                                Duration.ofDays(1)),
                        Duration.ofMillis(250),
                        new Churn(
                                Duration.ofMinutes(1),
                                Latency.lognormal(Duration.ofMinutes(5), Duration.ofHours(1)),
                                Latency.fixed(Duration.ofNanos(3000)),
                                1),
                        new Partition(Duration.ofNanos(5), Duration.ofNanos(6), 0.001),
                        null,
                        null,
                        null,
                        0.75,
                        Duration.ofSeconds(10),
                        Duration.ofHours(1)));
        assertThat(ScenarioFile.of("mine", ScenarioFile.settings(scenario), "settings"))
                .isEqualTo(scenario);
    }

    @Test
    @DisplayName("the built-in scenarios are such files, say what they are about, and survive being written out")
    void builtIn() {
        assertThat(Scenario.builtIn()).hasSizeGreaterThanOrEqualTo(4).allSatisfy(scenario -> {
            assertThat(scenario.about()).isNotEmpty();
            assertThat(ScenarioFile.parse(scenario.name(), ScenarioFile.text(scenario.name())))
                    .isEqualTo(scenario);
            assertThat(ScenarioFile.of(scenario.name(), ScenarioFile.settings(scenario), "settings"))
                    .isEqualTo(scenario);
        });
        assertThat(Scenario.bootstrap().links()).isEqualTo(LinkModel.TOR);
        assertThat(Scenario.churning().churn()).isNotNull();
        assertThat(Scenario.partitioned().partition()).isNotNull();
        assertThat(Scenario.flashCrowd().arrivals()).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "arivals = 5 min | there is no key 'arivals': did you mean arrivals? (all keys: sim show --keys)",
                "mature = 5 | did you mean books.mature or books.routers-mature? (",
                "zzz = 5 | there is no key 'zzz' (all keys: sim show --keys)",
                "lasts = 0 s | a run lasts longer than nothing",
                "nodes = 0 | from 2 to 200000",
                "nodes = 1 | from 2 to 200000",
                "nodes = -3 | from 2 to 200000",
                "nodes = 99999999999999999999 | from 2 to 200000",
                "nodes = many | from 2 to 200000",
                "nodes-per-router = 1 | from 2 to 1000000",
                "arrivals = -5 min | a time of 0 or more",
                "arrivals = 5 | a time of 0 or more",
                "arrivals = 5 parsecs | a time of 0 or more",
                "arrivals = 99999999999 d | at most 36500 d",
                "clock-skew = NaN s | a time of 0 or more",
                "links.connect = -1 s | a latency: a time",
                "links.connect = median 5 s | a latency: a time",
                "links.connect = median 60 s, p99 5 s | below its p99",
                "links.round-trip = 2 s to 1 s | a latency is drawn from 0 or more up",
                "links.dial-failure = 1.2 | a number from 0 to 1",
                "enough = 0 | it is more than nothing",
                "links.dial-failure = NaN | a number from 0 to 1",
                "links.dial-failure = -0.1 | a number from 0 to 1",
                "links.bytes-per-second = 0 | from 1 up",
                "links.mean-lifetime = 0 s | longer than nothing",
                "churn.keeps-state = 2 | a number from 0 to 1",
                "churn.session = sometimes | a latency: a time",
                "partition.heals = 5 min | heals after it begins, which is at 10 min",
                "partition.share = 1e9 | a number from 0 to 1",
                "settles = 3 h | settles before it ends, which is after 2 h",
                "what is this | a line is key = value",
                "Nodes = 5 | a line is key = value",
                "= 5 | a line is key = value",
                "nodes = | 1 to 1000 visible characters"
            })
    @DisplayName("an error names the line, the key, and what is allowed")
    void errors(String line, String why) {
        String key = line.substring(0, Math.max(1, line.indexOf('='))).strip();
        assertThatThrownBy(() -> ScenarioFile.parse("mine", "# a comment\nabout = something\n" + line + "\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("mine:3: ")
                .hasMessageContaining(why)
                .message()
                .contains(why.startsWith("a line is") ? "" : key)
                .hasLineCount(1);
    }

    @Test
    @DisplayName("all keys are told, each with what it is where it is left out")
    void keys() {
        Scenario written = ScenarioFile.parse("mine", ScenarioFile.keys());
        String oneOfEach = """
                churn.begins = 10 min
                partition.begins = 10 min
                routers.die = 10 min
                books.mature = 512
                adversary.kind = sybil
                """;
        Map<String, String> defaults = ScenarioFile.settings(ScenarioFile.parse("mine", oneOfEach));
        Map<String, String> told = ScenarioFile.settings(written);
        assertThat(told).containsAllEntriesOf(defaults);
        assertThat(KeyValueText.parse(ScenarioFile.keys(), "keys").keySet())
                .containsExactlyInAnyOrderElementsOf(told.keySet());
        assertThat(ScenarioFile.keys()).contains("# adversary.dollars = ");
    }

    @Test
    @DisplayName("a key that is set twice is refused, with both lines")
    void twice() {
        assertThatThrownBy(() -> ScenarioFile.parse("mine", "nodes = 5\n\nnodes = 6"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("mine:3: nodes is set already, at mine:1");
    }

    @Test
    @DisplayName("files are called by their name, and refused if too long, not text, or not there")
    void files() throws IOException {
        Path file = folder.resolve("mine.scenario");
        Files.writeString(file, "nodes = 7");
        assertThat(ScenarioFile.read(file).name()).isEqualTo("mine");
        Files.writeString(file, "\ufeffnodes = 7");
        assertThat(ScenarioFile.read(file)).as("as some editors save it").isNotNull();
        assertThat(ScenarioFile.find(file.toString()).nodes()).isEqualTo(7);
        Files.writeString(file, "nodes = 0");
        assertThatThrownBy(() -> ScenarioFile.read(file)).hasMessageStartingWith("mine.scenario:1: nodes = 0: ");
        Files.writeString(file, "#".repeat(70_000));
        assertThatThrownBy(() -> ScenarioFile.read(file)).hasMessageContaining("longer than 65536 bytes");
        Files.write(file, new byte[] {(byte) 0xc3, (byte) 0x28});
        assertThatThrownBy(() -> ScenarioFile.read(file)).hasMessageContaining("not text in UTF-8");
        assertThatThrownBy(() -> ScenarioFile.read(folder)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> ScenarioFile.find(folder.resolve("none").toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot read");
    }

    @ParameterizedTest
    @ValueSource(ints = {200})
    @DisplayName("garbage is refused, or read, and nothing else")
    void garbage(int rounds) {
        Random random = TestSeed.random("ScenarioFileTest");
        String alphabet = "nodes=links.connect 0123456789#\n\r\t-.smh,p9\u0000\u202e\ud800";
        for (int round = 0; round < rounds; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(200); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                assertThat(ScenarioFile.parse("mine", text.toString()).nodes()).isGreaterThan(1);
            } catch (InvalidInputException e) {
                assertThat(e.getMessage().lines()).hasSize(1);
            }
        }
    }
}
