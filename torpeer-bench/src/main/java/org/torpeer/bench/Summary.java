package org.torpeer.bench;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** Rates, by processor time, allocations and ratios of a run, for people and as JSON. */
final class Summary {
    private final Map<String, Double> scores = new TreeMap<>();
    private final Map<String, String> units = new TreeMap<>();

    Summary(Collection<RunResult> results) {
        for (RunResult result : results) {
            String benchmark = result.getParams().getBenchmark();
            int method = benchmark.lastIndexOf('.');
            String name = benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
            put(name, Objects.requireNonNull(result.getSecondaryResults().get(CpuTime.OPERATIONS)));
            put(bytes(name), Objects.requireNonNull(result.getSecondaryResults().get(Allocation.BYTES)));
        }
    }

    private void put(String name, Result<?> result) {
        scores.put(name, result.getScore());
        units.put(name, result.getScoreUnit());
    }

    /** The name of what a benchmark allocates, in bytes an operation. */
    static String bytes(String benchmark) {
        return benchmark + " allocated";
    }

    /** The ratios of which both sides were measured. */
    private List<Ratio> ratios() {
        return Ratio.ALL.stream().filter(ratio -> ratio.isKnown(scores)).toList();
    }

    private String verdict(Ratio ratio) {
        if (!ratio.isAsked()) {
            return "asked from Java " + ratio.fromJava();
        }
        return ratio.isMet(scores) ? "met" : "MISSED";
    }

    String table() {
        StringBuilder text =
                new StringBuilder("\nRatio                                                   measured     goal\n");
        for (Ratio ratio : ratios()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-55s %8.2f %2s %5.2f  %s%n",
                    ratio.name(),
                    ratio.of(scores),
                    ratio.most() ? "<=" : ">=",
                    ratio.goal(),
                    verdict(ratio)));
        }
        return text.toString();
    }

    String json() {
        String results = scores.entrySet().stream()
                .map(score -> String.format(
                        Locale.ROOT,
                        "{\"name\": \"%s\", \"score\": %.6g, \"unit\": \"%s\"}",
                        score.getKey(),
                        score.getValue(),
                        units.get(score.getKey())))
                .collect(Collectors.joining(",\n    "));
        String compared = ratios().stream()
                .map(ratio -> String.format(
                        Locale.ROOT,
                        "{\"name\": \"%s\", \"ratio\": %.4g, \"comparison\": \"%s\", \"goal\": %.4g, \"verdict\": \"%s\"}",
                        ratio.name(),
                        ratio.of(scores),
                        ratio.most() ? "<=" : ">=",
                        ratio.goal(),
                        verdict(ratio)))
                .collect(Collectors.joining(",\n    "));
        return "{\n  \"schema\": \"torpeer.bench/1\",\n  \"java\": \"" + Runtime.version()
                + "\",\n  \"results\": [\n    " + results + "\n  ],\n  \"ratios\": [\n    " + compared + "\n  ]\n}\n";
    }
}
