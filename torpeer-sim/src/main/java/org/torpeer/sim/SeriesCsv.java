package org.torpeer.sim;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Set;

/** Samples through time as CSV (RFC 4180, numbers only, one line of names first). */
public final class SeriesCsv {
    private static final String END = "\r\n";

    private SeriesCsv() {}

    /**
     * Writes every sample of every run, the run's seed first; the writer stays open.
     *
     * @throws IOException if the writer does
     */
    public static void write(ExperimentResult result, Writer to) throws IOException {
        Set<String> names = result.sampled();
        to.write("seed,seconds," + String.join(",", names) + END);
        for (RunResult run : result.runs()) {
            for (Sample sample : run.series()) {
                to.write(run.plan().seed() + "," + number(sample.seconds()));
                for (String name : names) {
                    to.write("," + number(sample.value(name)));
                }
                to.write(END);
            }
        }
    }

    /**
     * Writes the means over the runs, and the 95 % confidence intervals of these; the writer stays open.
     *
     * @throws IOException if the writer does
     */
    public static void writeBands(ExperimentResult result, Writer to) throws IOException {
        List<String> names = List.copyOf(result.sampled());
        List<List<ExperimentResult.Point>> all =
                names.stream().map(result::series).toList();
        to.write("seconds");
        for (String name : names) {
            to.write("," + name + "," + name + "Low," + name + "High");
        }
        to.write(END);
        for (int i = 0; i < all.get(0).size(); i++) {
            to.write(number(all.get(0).get(i).seconds()));
            for (List<ExperimentResult.Point> points : all) {
                Band band = points.get(i).band();
                to.write("," + number(band.mean()) + "," + number(band.low()) + "," + number(band.high()));
            }
            to.write(END);
        }
    }

    /** Whole numbers without a point. */
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }
}
