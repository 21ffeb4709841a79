package org.torpeer.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.torpeer.api.InvalidInputException;
import org.torpeer.sim.Crypto;
import org.torpeer.sim.Measure;
import org.torpeer.sim.Sample;
import org.torpeer.sim.Scenario;
import org.torpeer.sim.run.EngineLoad;
import org.torpeer.sim.run.ScaleLoad;

/**
 * What simulations of some size cost this machine, as one line of JSON; a process for each, so that none has another's
 * garbage to look after:
 *
 * <pre>{@code
 * java -cp CLASSPATH org.torpeer.bench.Scale newscast 1000000 10
 * java -cp CLASSPATH org.torpeer.bench.Scale real 1000
 * java -Xmx12g -cp CLASSPATH org.torpeer.bench.Scale simulated 100000 60 books.mature=16
 * }</pre>
 *
 * The first is the event engine's load, of members and cycles; the others are {@code bootstrap} with a crypto, of nodes and
 * at most so many simulated minutes, and with further settings of the scenario changed.
 */
public final class Scale {
    private static final long SEED = 1;
    private static final String USAGE =
            "use: newscast MEMBERS CYCLES, or: real|simulated NODES [MINUTES [KEY=VALUE]...]";

    private Scale() {}

    public static void main(String[] arguments) {
        try {
            System.out.println(json(measured(arguments)));
        } catch (InvalidInputException | NumberFormatException e) {
            System.err.println(USAGE + "; " + e.getMessage());
            System.exit(2);
        }
    }

    static Map<String, Double> measured(String... arguments) {
        if (arguments.length < 2) {
            throw new InvalidInputException("there are at least 2 arguments, not " + arguments.length);
        }
        int size = Integer.parseInt(arguments[1]);
        if (arguments[0].equals("newscast")) {
            if (arguments.length > 3) {
                throw new InvalidInputException("newscast has at most 3 arguments, not " + arguments.length);
            }
            int cycles = arguments.length == 3 ? Integer.parseInt(arguments[2]) : 10;
            return figures(EngineLoad.newscast(size, cycles, SEED));
        }
        Scenario scenario = Scenario.bootstrap().with(settings(arguments), "the arguments");
        if (arguments.length > 2) {
            scenario = scenario.lasting(Duration.ofMinutes(Integer.parseInt(arguments[2])));
        }
        return ScaleLoad.measure(
                        scenario,
                        size,
                        Crypto.named(arguments[0]),
                        SEED,
                        Runtime.getRuntime().availableProcessors(),
                        Scale::tell)
                .figures();
    }

    private static Map<String, String> settings(String... arguments) {
        Map<String, String> settings = new LinkedHashMap<>();
        Arrays.stream(arguments).skip(3).forEach(argument -> {
            String[] parts = argument.split("=", 2);
            if (parts.length < 2) {
                throw new InvalidInputException("a setting is KEY=VALUE, not " + argument);
            }
            settings.put(parts[0], parts[1]);
        });
        return settings;
    }

    private static boolean tell(Sample sample) {
        System.err.printf(Locale.ROOT, "%.0f s, %.0f events%n", sample.seconds(), sample.value(Measure.EVENTS));
        return true;
    }

    static String json(Map<String, Double> figures) {
        return figures.entrySet().stream()
                .map(figure -> String.format(Locale.ROOT, "\"%s\": %.4f", figure.getKey(), figure.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static Map<String, Double> figures(EngineLoad load) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("members", (double) load.members());
        figures.put("cycles", (double) load.cycles());
        figures.put("events", (double) load.events());
        figures.put("wallSeconds", load.wallSeconds());
        figures.put("eventsPerSecond", load.eventsPerSecond());
        figures.put("heapBytes", (double) load.heapBytes());
        return figures;
    }
}
