package org.torpeer.pow.calibration;

/**
 * An algorithm on this machine. An attempt is one that passes the algorithm's gate, if it has one: the kind whose
 * {@code 2^-bits}th part is a solution.
 *
 * @param name the algorithm's
 * @param parameters its parameters
 * @param kernel the kernel that searches
 * @param perThread attempts a second of one thread alone
 * @param total attempts a second of all threads together
 * @param bits the most with which the device meets the target; 0 if it cannot
 * @param p50Seconds half of all solutions on the device take at most this long
 * @param p95Seconds 95 of 100 do
 * @param p99Seconds 99 of 100 do
 * @param verifyMillis what verifying a solution takes one thread of this machine
 * @param memoryBytes what each thread holds at most
 */
public record AlgorithmFigures(
        String name,
        String parameters,
        String kernel,
        double perThread,
        double total,
        int bits,
        double p50Seconds,
        double p95Seconds,
        double p99Seconds,
        double verifyMillis,
        long memoryBytes) {}
