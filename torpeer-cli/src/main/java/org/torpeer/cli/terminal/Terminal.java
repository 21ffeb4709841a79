package org.torpeer.cli.terminal;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What this process writes to.
 *
 * @param live whether the cursor can be moved
 * @param unicode whether more than ASCII can be shown
 * @param colour whether colours are wanted
 */
public record Terminal(boolean live, boolean unicode, boolean colour) {
    /** No terminal, or none that is asked for. */
    public static final Terminal PLAIN = new Terminal(false, false, false);

    /** What there is now. */
    @SuppressWarnings("SystemConsoleNull") // isTerminal asks where null no longer tells
    public static Terminal detect() {
        Map<String, String> environment = System.getenv();
        Console console = System.console();
        String kind = environment.getOrDefault("TERM", "dumb");
        if (console == null || kind.equals("dumb") || !isTerminal(console)) {
            return PLAIN;
        }
        boolean colour = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(true, console.charset().newEncoder().canEncode('\u2588'), colour);
    }

    /** What is typed after a prompt, not shown; empty if there is no terminal or nothing more to read. Cleared by the caller. */
    @SuppressWarnings("SystemConsoleNull") // as above
    public static Optional<char[]> secret(String prompt) {
        Console console = System.console();
        if (console == null || !isTerminal(console)) {
            return Optional.empty();
        }
        return Optional.ofNullable(console.readPassword("%s", prompt));
    }

    /** The charset of what is written. */
    @SuppressWarnings("SystemConsoleNull") // a console that is no terminal has a charset too
    public static Charset charset() {
        Console console = System.console();
        return console == null ? StandardCharsets.UTF_8 : console.charset();
    }

    /** Its size now, if that can be found out. */
    public static Size size() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return Size.USUAL;
            }
            return Size.parse(new String(stty.getInputStream().readNBytes(64), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return Size.USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Size.USUAL;
        }
    }

    /** Since JDK 22 there may be a console without a terminal, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            @Nullable Object answer = Console.class.getMethod("isTerminal").invoke(console);
            return Boolean.TRUE.equals(answer);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** Rows and columns. */
    public record Size(int rows, int columns) {
        static final Size USUAL = new Size(24, 80);

        static Size parse(String text) {
            String[] numbers = text.strip().split(" ", -1);
            if (numbers.length != 2
                    || !numbers[0].matches("[1-9][0-9]{0,4}")
                    || !numbers[1].matches("[1-9][0-9]{0,4}")) {
                return USUAL;
            }
            return new Size(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
        }
    }
}
