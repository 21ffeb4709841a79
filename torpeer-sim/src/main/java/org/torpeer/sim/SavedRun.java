package org.torpeer.sim;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.torpeer.api.InvalidInputException;

/**
 * A run as a file of {@link RunJson} tells of it: what to run again, and what must come out.
 *
 * @param traceHash 16 hexadecimal digits
 * @param simulatedSeconds when it ended
 * @param complete whether that was its own end
 * @param results every number it gave, milestones as {@code discovery.p50Seconds}; what was never reached is left out
 */
public record SavedRun(
        RunPlan plan, String traceHash, double simulatedSeconds, boolean complete, Map<String, Double> results) {
    private static final int MAX_BYTES = 256 << 20;

    /**
     * The runs of all seeds, at least one.
     *
     * @throws InvalidInputException if the file cannot be read or is something else; the message says what is wrong
     */
    public static List<SavedRun> read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new InvalidInputException("it is longer than " + MAX_BYTES + " bytes");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return runs(JsonTree.read(in), String.valueOf(file.getFileName()));
            }
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(file + " holds no run: " + notJson(e), e);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + file + ": check that it exists and is readable", e);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(file + " holds no run: " + e.getMessage(), e);
        }
    }

    /**
     * The runs in a text, at least one.
     *
     * @param source what to call it in errors
     * @throws InvalidInputException if it is something else; the message says what is wrong
     */
    public static List<SavedRun> parse(String text, String source) {
        try (InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
            return runs(JsonTree.read(in), source);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(source + " holds no run: " + notJson(e), e);
        } catch (IOException | InvalidInputException e) {
            throw new InvalidInputException(source + " holds no run: " + e.getMessage(), e);
        }
    }

    private static List<SavedRun> runs(Map<String, ?> top, String source) {
        if (!RunJson.SCHEMA.equals(top.get("schema"))) {
            throw new InvalidInputException("its schema is not " + RunJson.SCHEMA);
        }
        Map<String, String> settings = new LinkedHashMap<>();
        Map<?, ?> configuration = field(top, "configuration", Map.class);
        configuration.forEach((key, value) -> settings.put(String.valueOf(key), String.valueOf(value)));
        Scenario scenario = ScenarioFile.of(field(top, "scenario", String.class), settings, source);
        long nodes = field(top, "nodes", Long.class);
        if (nodes < RunPlan.MIN_NODES || nodes > RunPlan.MAX_NODES) {
            throw new InvalidInputException(
                    "a run has " + RunPlan.MIN_NODES + " to " + RunPlan.MAX_NODES + " nodes, not " + nodes);
        }
        RunPlan plan = new RunPlan(
                scenario,
                (int) nodes,
                field(top, "seed", Long.class),
                Crypto.named(field(top, "crypto", String.class)));
        List<SavedRun> runs = new ArrayList<>();
        for (Object each : field(top, "runs", List.class)) {
            if (!(each instanceof Map<?, ?> run)) {
                throw new InvalidInputException("its 'runs' are not objects");
            }
            String hash = field(run, "traceHash", String.class);
            if (!hash.matches("[0-9a-f]{16}")) {
                throw new InvalidInputException("its 'traceHash' is not 16 hexadecimal digits");
            }
            runs.add(new SavedRun(
                    plan.seeded(field(run, "seed", Long.class)),
                    hash,
                    field(run, "simulatedSeconds", Number.class).doubleValue(),
                    field(run, "complete", Boolean.class),
                    results(field(run, "results", Map.class))));
        }
        if (runs.isEmpty()) {
            throw new InvalidInputException("its 'runs' are empty");
        }
        return List.copyOf(runs);
    }

    /** In our words: those of the reader are for programmers. */
    private static String notJson(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String line = at == null ? "" : " in line " + at.getLineNr();
        return e instanceof JsonEOFException
                ? "it is not JSON, for it ends in the middle" + line
                : "it is not JSON as simulations write it" + (at == null ? "" : ", see line " + at.getLineNr());
    }

    private static Map<String, Double> results(Map<?, ?> results) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        results.forEach((name, value) -> {
            if (value instanceof Number number) {
                numbers.put(String.valueOf(name), number.doubleValue());
            } else if (value instanceof Map<?, ?> parts) {
                parts.forEach((part, each) -> {
                    if (each instanceof Number number) {
                        numbers.put(name + "." + part, number.doubleValue());
                    }
                });
            }
        });
        return numbers;
    }

    private static <T> T field(Map<?, ?> object, String name, Class<T> type) {
        Object value = object.get(name);
        if (!type.isInstance(value)) {
            throw new InvalidInputException("its '" + name + "' is missing or of another type");
        }
        return type.cast(value);
    }
}
