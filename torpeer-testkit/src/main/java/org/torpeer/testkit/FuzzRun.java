package org.torpeer.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A bounded run of Jazzer, guided by coverage, in a process of its own. Jazzer ({@code com.code-intelligence:jazzer}) must be
 * on the class path; this module does not bring it. The seed is printed; {@code -Dtorpeer.seed=N} sets it and
 * {@code -Dtorpeer.fuzz.runs=N} lengthens the run.
 */
public final class FuzzRun {
    private static final String MAIN = "com.code_intelligence.jazzer.Jazzer";
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs");
    private static final Duration ENDING = Duration.ofMinutes(2);
    private static final Duration LONGEST = Duration.ofSeconds(40);
    private static final int SHOWN = 40;

    private FuzzRun() {}

    /**
     * Runs a target; an {@link AssertionError} with the input as Base64 if anything escapes from it, or it hangs.
     *
     * @param target with a {@code public static void fuzzerTestOneInput(byte[])}
     * @param seeds a folder of inputs to begin with; not changed
     * @param scratch where what is found is kept
     * @param inputs most to try, unless set otherwise from outside; on a busy machine it is time that ends the run
     * @return how many inputs were tried
     */
    public static long of(Class<?> target, Path seeds, Path scratch, long inputs) throws Exception {
        long runs = Long.getLong("torpeer.fuzz.runs", inputs);
        int seed = new Random(TestSeed.random(target.getSimpleName()).nextLong()).nextInt(Integer.MAX_VALUE) + 1;
        Path corpus = Files.createDirectories(scratch.resolve(target.getSimpleName()));
        Process jazzer = ChildJvm.running(
                        target,
                        MAIN,
                        List.of("-Xmx512m"),
                        "--target_class=" + target.getName(),
                        "--instrumentation_includes=org.torpeer.**",
                        "--custom_hook_includes=org.torpeer.**",
                        "--reproducer_path=" + scratch,
                        "-artifact_prefix=" + scratch + "/",
                        "-seed=" + seed,
                        "-runs=" + runs,
                        "-max_total_time=" + Math.max(LONGEST.toSeconds(), runs / 200),
                        "-timeout=10",
                        "-print_final_stats=0",
                        corpus.toString(),
                        seeds.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = jazzer.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = output.lines().toList();
            boolean ended = jazzer.waitFor(ENDING.toSeconds(), TimeUnit.SECONDS);
            String last = String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()));
            if (!ended || jazzer.exitValue() != 0) {
                throw new AssertionError(target.getSimpleName() + " failed with seed " + seed + ":\n" + last);
            }
            return runs(last);
        } finally {
            jazzer.destroyForcibly();
        }
    }

    /** The inputs in a folder, by name. */
    public static List<Path> seeds(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static long runs(String output) {
        Matcher done = DONE.matcher(output);
        if (!done.find()) {
            throw new AssertionError("the run did not say how far it came:\n" + output);
        }
        return Long.parseLong(done.group(1));
    }
}
