package org.torpeer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs benchmarks; takes JMH's options, from the class path, as JMH's forks know no other:
 *
 * <pre>{@code
 * mvn -pl torpeer-bench -am package
 * java -cp 'torpeer-bench/target/torpeer-bench-0.1.0-SNAPSHOT.jar:torpeer-bench/target/lib/*' org.torpeer.bench.Benchmarks Sha256
 * }</pre>
 *
 * After JMH's table it prints the ratios, by processor time, of which both sides ran, beside what they should reach, and
 * with {@code --json FILE} before JMH's options writes scores and ratios to a file. Unlike JMH's own program it ends with 1 when a benchmark failed or there was nothing to measure: an empty table is no
 * success.
 */
public final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] arguments) {
        try {
            boolean json = arguments.length >= 2 && arguments[0].equals("--json");
            String[] rest = json ? Arrays.copyOfRange(arguments, 2, arguments.length) : arguments;
            follow(new CommandLineOptions(rest), json ? Path.of(arguments[1]) : null);
        } catch (RunnerException | CommandLineOptionException | IOException e) {
            System.err.println("benchmarks failed: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void follow(CommandLineOptions options, @Nullable Path json) throws RunnerException, IOException {
        if (options.shouldHelp()) {
            options.showHelp();
        } else if (options.shouldList()) {
            new Runner(options).list();
        } else {
            Summary summary = new Summary(run(options));
            System.out.print(summary.table());
            if (json != null) {
                Files.writeString(json, summary.json());
            }
        }
    }

    /**
     * @return one result for each benchmark and set of its parameters, at least one
     * @throws RunnerException if a benchmark fails or none ran
     */
    static Collection<RunResult> run(Options options) throws RunnerException {
        Options strict = new OptionsBuilder()
                .parent(options)
                .shouldFailOnError(true)
                .addProfiler(CpuTime.class)
                .addProfiler(Allocation.class)
                .build();
        Collection<RunResult> results = matching(strict);
        if (results.isEmpty()) {
            throw new RunnerException("no benchmark gave a result");
        }
        return results;
    }

    private static Collection<RunResult> matching(Options options) throws RunnerException {
        try {
            return new Runner(options).run();
        } catch (NoBenchmarksException e) {
            throw new RunnerException("no benchmark matches " + options.getIncludes() + "; -l lists them all", e);
        }
    }
}
