package org.torpeer.sim.internal.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * One direction of a plot.
 *
 * @param from the least value shown
 * @param to the greatest, more than {@code from}
 * @param logarithmic whether equal steps are equal factors; both ends are above 0 then
 * @param title what is shown, with its unit
 * @param label how a value is written beside its mark
 */
public record Axis(double from, double to, boolean logarithmic, String title, DoubleFunction<String> label) {
    private static final int MOST_MARKS = 6;

    /** Where a value lies: 0 at the beginning, 1 at the end. */
    public double position(double value) {
        return (scaled(value) - scaled(from)) / (scaled(to) - scaled(from));
    }

    /** The value at a position; the inverse of {@link #position}. */
    public double at(double position) {
        double value = scaled(from) + position * (scaled(to) - scaled(from));
        return logarithmic ? Math.pow(10, value) : value;
    }

    public List<Double> marks() {
        return logarithmic ? powers() : steps();
    }

    private double scaled(double value) {
        return logarithmic ? Math.log10(value) : value;
    }

    private List<Double> powers() {
        int first = (int) Math.ceil(Math.log10(from) - 1e-9);
        int last = (int) Math.floor(Math.log10(to) + 1e-9);
        int step = Math.max(1, (last - first + MOST_MARKS) / MOST_MARKS);
        List<Double> marks = new ArrayList<>();
        for (int power = first; power <= last; power += step) {
            marks.add(Math.pow(10, power));
        }
        return marks;
    }

    private List<Double> steps() {
        double rough = (to - from) / (MOST_MARKS - 1);
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power;
        for (double factor : new double[] {1, 2, 5, 10}) {
            step = factor * power;
            if (step >= rough * 0.999) {
                break;
            }
        }
        List<Double> marks = new ArrayList<>();
        for (double value = Math.ceil(from / step) * step; value <= to * (1 + 1e-9); value += step) {
            marks.add(value);
        }
        return marks;
    }
}
