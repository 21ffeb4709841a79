package org.torpeer.sim;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.torpeer.api.InvalidInputException;

/**
 * Many plans: every combination of the values that some settings take. As text, lines of {@code key = values}, the values
 * separated by commas, whole numbers also as ranges such as {@code 1..5}; the keys are {@code scenario} (required), {@code
 * nodes}, {@code seed}, {@code crypto} and those of scenario files.
 */
public final class Grid {
    /** More would not end. */
    public static final int MAX_CELLS = 100_000;

    private static final String SCENARIO = "scenario";
    private static final String SEED = "seed";
    private static final String CRYPTO = "crypto";
    /** The comma in a lognormal latency separates nothing. */
    private static final String SEPARATOR = ",(?!\\s*p99)";

    private record Axis(List<String> values, String place) {}

    /**
     * One of the plans.
     *
     * @param varied the values of all settings that the grid names, by key
     */
    public record Cell(Map<String, String> varied, RunPlan plan) {}

    private final Map<String, Axis> axes;

    private Grid(Map<String, Axis> axes) {
        this.axes = axes;
    }

    /** A grid of nothing yet. */
    public static Grid empty() {
        return new Grid(new LinkedHashMap<>());
    }

    /**
     * @throws InvalidInputException if the file cannot be read or is wrong; the message names the line
     */
    public static Grid read(Path file) {
        Grid grid = empty();
        for (Map.Entry<String, Settings.Entry> line : KeyValueText.read(file).entrySet()) {
            grid = grid.vary(
                    line.getKey(), line.getValue().value(), line.getValue().place());
        }
        return grid;
    }

    /**
     * This grid with the values of a setting, instead of those it had.
     *
     * @param place where that is from, for errors
     * @throws InvalidInputException if the values are not one or more
     */
    public Grid vary(String key, String values, String place) {
        List<String> all = new ArrayList<>();
        for (String value : values.split(SEPARATOR, -1)) {
            all.addAll(expand(value.strip(), place));
        }
        if (all.contains("") || all.size() > MAX_CELLS) {
            throw new InvalidInputException(
                    place + ": " + key + " takes 1 to " + MAX_CELLS + " values, separated by commas");
        }
        Map<String, Axis> more = new LinkedHashMap<>(axes);
        more.put(key, new Axis(List.copyOf(all), place));
        return new Grid(more);
    }

    /**
     * Every combination; the value of the setting named last changes first.
     *
     * @throws InvalidInputException if there is no scenario, there are too many, or a value is wrong
     */
    public List<Cell> cells() {
        if (!axes.containsKey(SCENARIO)) {
            throw new InvalidInputException(
                    "a sweep needs a scenario: --scenario NAME or FILE, or such a line in its grid");
        }
        long size = 1;
        for (Axis axis : axes.values()) {
            size *= axis.values().size();
            if (size > MAX_CELLS) {
                throw new InvalidInputException("a sweep has at most " + MAX_CELLS + " runs");
            }
        }
        return LongStream.range(0, size).mapToObj(this::cell).toList();
    }

    /** All that the cells say, for telling whether two grids are the same. */
    public String text() {
        StringBuilder text = new StringBuilder();
        axes.forEach((key, axis) -> text.append(key)
                .append(" = ")
                .append(String.join(", ", axis.values()))
                .append('\n'));
        Axis scenarios = axes.get(SCENARIO);
        if (scenarios != null) {
            scenarios
                    .values()
                    .forEach(name -> text.append("# ")
                            .append(name)
                            .append(": ")
                            .append(new TreeMap<>(ScenarioFile.settings(ScenarioFile.find(name))))
                            .append('\n'));
        }
        return text.toString();
    }

    private Cell cell(long index) {
        Map<String, String> varied = new LinkedHashMap<>();
        List<String> keys = new ArrayList<>(axes.keySet());
        long rest = index;
        Map<String, String> chosen = new LinkedHashMap<>();
        for (int i = keys.size() - 1; i >= 0; i--) {
            List<String> values = axis(keys.get(i)).values();
            chosen.put(keys.get(i), values.get((int) (rest % values.size())));
            rest /= values.size();
        }
        keys.forEach(key -> varied.put(key, chosen.getOrDefault(key, "")));
        return new Cell(varied, plan(varied));
    }

    private RunPlan plan(Map<String, String> varied) {
        Scenario base = ScenarioFile.find(varied.getOrDefault(SCENARIO, ""));
        Map<String, Settings.Entry> entries = new LinkedHashMap<>();
        ScenarioFile.settings(base).forEach((key, value) -> entries.put(key, new Settings.Entry(value, base.name())));
        Map<String, Settings.Entry> own = new LinkedHashMap<>();
        varied.forEach((key, value) -> {
            Settings.Entry entry = new Settings.Entry(value, axis(key).place());
            if (key.equals(SEED) || key.equals(CRYPTO)) {
                own.put(key, entry);
            } else if (!key.equals(SCENARIO)) {
                entries.put(key, entry);
            }
        });
        Scenario scenario = ScenarioFile.scenario(base.name(), entries);
        Settings settings = new Settings(own);
        long seed = settings.count(SEED, 0, Long.MAX_VALUE, 1);
        return new RunPlan(scenario, scenario.nodes(), seed, Crypto.named(settings.text(CRYPTO, "real")));
    }

    private Axis axis(String key) {
        return axes.getOrDefault(key, new Axis(List.of(""), ""));
    }

    private static List<String> expand(String value, String place) {
        if (!value.matches("[0-9]{1,18}\\.\\.[0-9]{1,18}")) {
            return List.of(value);
        }
        String[] ends = value.split("\\.\\.", -1);
        long from = Long.parseLong(ends[0]);
        long to = Long.parseLong(ends[1]);
        if (to < from || to - from >= MAX_CELLS) {
            throw new InvalidInputException(
                    place + ": " + value + ": a range goes up, and has at most " + MAX_CELLS + " numbers");
        }
        return LongStream.rangeClosed(from, to).mapToObj(String::valueOf).toList();
    }
}
