package org.torpeer.sim;

/**
 * The network at one moment.
 *
 * @param seconds simulated, since the start
 * @param up how many nodes are running
 * @param discovered of the ordered pairs of running nodes, the share of which the first holds a valid record of the second
 * @param contacted the share of which the first has dialed and authenticated the second
 * @param stale of all that running nodes know, the share that is not running
 * @param messages chunks delivered so far
 * @param bytes delivered so far
 * @param dials ended so far
 * @param failedDials of these, those that failed
 * @param events run so far
 */
public record Sample(
        double seconds,
        int up,
        double discovered,
        double contacted,
        double stale,
        long messages,
        long bytes,
        long dials,
        long failedDials,
        long events) {}
