package org.torpeer.pow.calibration;

/**
 * What was measured on.
 *
 * @param java version of the JVM
 * @param os name of the operating system
 * @param architecture of the processor
 * @param processors how many the JVM may use
 * @param threads how many mined
 * @param heapBytes the most memory the JVM's objects may take
 */
public record Machine(String java, String os, String architecture, int processors, int threads, long heapBytes) {
    static Machine here(int threads) {
        Runtime runtime = Runtime.getRuntime();
        return new Machine(
                Runtime.version().toString(),
                System.getProperty("os.name", ""),
                System.getProperty("os.arch", ""),
                runtime.availableProcessors(),
                threads,
                runtime.maxMemory());
    }
}
