package org.torpeer.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a run was made on, and beside what.
 *
 * @param processor its name, where the system tells it
 * @param processors how many the JVM may use
 * @param load how many programs wanted a processor in the last minute; negative if unknown
 */
record Circumstances(String java, String processor, int processors, double load) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final String NAME = "model name";

    static Circumstances now() {
        return new Circumstances(
                Runtime.version().toString(),
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String processorName() {
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith(NAME))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip().replace("\"", ""))
                    .findFirst()
                    .orElseGet(Circumstances::architecture);
        } catch (IOException e) {
            return architecture();
        }
    }

    private static String architecture() {
        return System.getProperty("os.arch", "unknown");
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "Java %s, %d processors (%s), load %.1f before", java, processors, processor, load);
    }
}
