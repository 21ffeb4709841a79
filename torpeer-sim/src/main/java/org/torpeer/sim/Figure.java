package org.torpeer.sim;

/**
 * A published figure beside what the engine gives.
 *
 * @param name what it is
 * @param source who published it
 * @param expected the published value
 * @param measured ours
 * @param tolerance how far off {@code measured} may be: how exactly the figure was published, and four standard errors of
 *     the measurement
 */
public record Figure(String name, String source, double expected, double measured, double tolerance) {
    public boolean passes() {
        return Math.abs(measured - expected) <= tolerance;
    }

    /** Relative to the published value. */
    public double deviation() {
        return measured / expected - 1;
    }
}
