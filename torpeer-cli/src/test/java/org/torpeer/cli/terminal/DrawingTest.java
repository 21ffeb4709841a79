package org.torpeer.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.api.Progress;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.cli.terminal.Line.Look;
import org.torpeer.transport.loopback.virtual.VirtualTime;

final class DrawingTest {
    @Test
    @DisplayName("what others sent cannot move the cursor, change direction or span lines")
    void cleansText() {
        assertThat(OneLine.of("a\u001b[2Jb\r\nc\u202ed\u2028e\u0000f\ud800g")).isEqualTo("a [2Jb  c d e f g");
        assertThat(OneLine.of("x".repeat(5000))).hasSize(1003).endsWith("...");
        assertThat(OneLine.of("gr\u00fc\u00dfe \ud83d\ude00")).isEqualTo("gr\u00fc\u00dfe \ud83d\ude00");
    }

    @Test
    @DisplayName("a line never gets wider than it may")
    void clips() {
        Line line =
                new Line(10, false).add("12345").to(7).add("abcdef", Look.GREEN).add("more");
        assertThat(line.toString()).isEqualTo("12345  abc");
        assertThat(line.left()).isZero();
        assertThat(new Line(3, true).add("abcdef", Look.GREEN).toString()).isEqualTo("\u001b[32mabc\u001b[0m");
    }

    @Test
    @DisplayName("a screen is drawn over in place, and the cursor comes back once")
    void redraws() {
        StringWriter written = new StringWriter();
        Screen screen = new Screen(new PrintWriter(written));
        screen.draw(List.of("a", "b"));
        screen.draw(List.of("c"));
        screen.close();
        screen.close();
        screen.draw(List.of("too late"));
        assertThat(written)
                .hasToString("\u001b[?25l\ra\u001b[K\nb\u001b[K\n\u001b[J" + "\u001b[2A\rc\u001b[K\n\u001b[J"
                        + "\u001b[?25h");
    }

    @Test
    @DisplayName("sentences are wrapped at words, and words that are too long are cut")
    void wraps() {
        assertThat(Wrapped.lines("", 10)).isEmpty();
        assertThat(Wrapped.lines("all nodes found each other", 10)).containsExactly("all nodes", "found each", "other");
        assertThat(Wrapped.lines("a 123456789012345 b", 10)).containsExactly("a", "1234567890", "12345 b");
        assertThat(Wrapped.lines("1234567890", 10)).containsExactly("1234567890");
    }

    @Test
    @DisplayName("progress bars leave nothing on the screen")
    void clearsBars() {
        StringWriter written = new StringWriter();
        try (NodeRuntime runtime = NodeRuntime.system("bars")) {
            ProgressBars bars =
                    new ProgressBars(new Terminal(true, false, false), new PrintWriter(written), runtime.loop());
            bars.show("mining", new Progress("mining", 1, "done"));
            bars.close();
            assertThat(written.toString()).endsWith("\r\u001b[J\u001b[?25h");
        }
    }

    @Test
    @DisplayName(
            "where there is no terminal, a step is told when it begins and every ten seconds, whatever has changed")
    void tellsProgress() {
        StringWriter written = new StringWriter();
        VirtualTime time = new VirtualTime(1);
        ProgressLines lines = new ProgressLines(new PrintWriter(written), time.loop());
        for (int second = 0; second < 25; second++) {
            time.run(Duration.ofSeconds(second));
            lines.show("mining", new Progress("mining", 0.07, "second " + second));
        }
        lines.show("mining", new Progress("done", 1, "done"));
        assertThat(written.toString().lines())
                .containsExactly(
                        "mining: second 0 (7 %)",
                        "mining: second 10 (7 %)", "mining: second 20 (7 %)", "mining: done (100 %)");
    }

    @Test
    @DisplayName("sizes that cannot be are not believed")
    void parsesSizes() {
        assertThat(Terminal.Size.parse("50 132\n")).isEqualTo(new Terminal.Size(50, 132));
        for (String wrong : List.of("", "0 0", "1", "a b", "-1 80", "999999 1", "1 2 3")) {
            assertThat(Terminal.Size.parse(wrong)).isEqualTo(new Terminal.Size(24, 80));
        }
    }
}
