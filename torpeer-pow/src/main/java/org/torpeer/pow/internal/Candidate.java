package org.torpeer.pow.internal;

/** One way to compute an algorithm, to be tried before it is used. */
interface Candidate {
    /** What plain Java computes, on every JVM. */
    String PORTABLE = "portable";

    String name();

    /** Whether it gives what the reference gives, on messages fixed once and for all. */
    boolean agrees();

    /** Makes a few hundred microseconds of attempts, and says how many. */
    int attempts();
}
