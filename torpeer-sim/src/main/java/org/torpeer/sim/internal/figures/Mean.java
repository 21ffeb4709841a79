package org.torpeer.sim.internal.figures;

/** A mean and how sure it is (Welford's method). */
final class Mean {
    private long count;
    private double mean;
    private double squares;

    void add(double value) {
        count++;
        double before = value - mean;
        mean += before / count;
        squares += before * (value - mean);
    }

    double value() {
        return mean;
    }

    double deviation() {
        return count < 2 ? 0 : Math.sqrt(squares / (count - 1));
    }

    double standardError() {
        return count < 2 ? 0 : deviation() / Math.sqrt((double) count);
    }
}
