package org.torpeer.bench;

import java.util.List;
import java.util.Map;

/**
 * A result compared with another of the same run.
 *
 * @param name what is compared
 * @param benchmark the benchmark, as class and method; its {@link Summary#bytes} where bytes are compared
 * @param anchor what it is divided by; {@link #NOTHING} where it stands for itself
 * @param times a factor on the quotient
 * @param goal what it should reach
 * @param most whether the goal is the most it may be, and not the least it must
 * @param fromJava the first feature release of Java whose vectors can reach it
 */
record Ratio(String name, String benchmark, String anchor, double times, double goal, boolean most, int fromJava) {
    static final String NOTHING = "";
    private static final int ANY = 17;
    private static final int VECTORS = 25;

    static final List<Ratio> ALL = List.of(
            least(
                    "sha256 portable / MessageDigest loop",
                    "Sha256Benchmark.portable",
                    "Sha256Benchmark.anchorMessageDigest",
                    0.95),
            least(
                    "sha256 without vectors' module / BouncyCastle",
                    "Sha256Benchmark.plain",
                    "Sha256Benchmark.anchorBouncyCastle",
                    5),
            least(
                            "sha256 chosen / MessageDigest loop",
                            "Sha256Benchmark.chosen",
                            "Sha256Benchmark.anchorMessageDigest",
                            2.2)
                    .withVectors(),
            least(
                            "sha256 chosen, 256-bit vectors / MessageDigest loop",
                            "Sha256Avx2Benchmark.chosen",
                            "Sha256Avx2Benchmark.anchorMessageDigest",
                            1.25)
                    .withVectors(),
            least("sha256 two threads / one", "TwoThreadsBenchmark.sha256", "Sha256Benchmark.chosen", 1.8)
                    .times(2),
            least(
                    "scrypt portable verification / BouncyCastle",
                    "ScryptBenchmark.verifyPortable",
                    "ScryptBenchmark.anchorBouncyCastle",
                    1.15),
            least(
                            "scrypt verification / BouncyCastle",
                            "ScryptBenchmark.verify",
                            "ScryptBenchmark.anchorBouncyCastle",
                            1.7)
                    .withVectors(),
            least("scrypt mining / BouncyCastle", "ScryptBenchmark.mine", "ScryptBenchmark.anchorBouncyCastle", 3)
                    .withVectors(),
            least("scrypt two threads / one", "TwoThreadsBenchmark.scrypt", "ScryptBenchmark.mine", 1.8)
                    .times(2),
            most(
                    "scrypt memory / 128*N*r*lanes + 1 MiB",
                    Summary.bytes("MemoryBenchmark.kernel"),
                    Summary.bytes("MemoryBenchmark.anchorPromise"),
                    1),
            least(
                    "event wheel / PriorityQueue",
                    "EventWheelBenchmark.wheel",
                    "EventWheelBenchmark.anchorPriorityQueue",
                    10),
            least(
                    "Ed25519 verification / platform",
                    "Ed25519Benchmark.verify",
                    "Ed25519Benchmark.anchorPlatformVerify",
                    6),
            least(
                    "Ed25519 verification / BouncyCastle",
                    "Ed25519Benchmark.verify",
                    "Ed25519Benchmark.anchorBouncyCastleVerify",
                    1),
            least("Ed25519 signing / platform", "Ed25519Benchmark.sign", "Ed25519Benchmark.anchorPlatformSign", 6),
            least(
                    "record decoding / verification",
                    "RecordBenchmark.decode",
                    "RecordBenchmark.anchorSignatureValid",
                    20),
            least(
                    "record encoding / verification",
                    "RecordBenchmark.encode",
                    "RecordBenchmark.anchorSignatureValid",
                    20),
            least(
                    "address book lookup / map of objects",
                    "AddressBookBenchmark.lookUp",
                    "AddressBookBenchmark.anchorLookUp",
                    3),
            least(
                    "record batch / its signatures alone",
                    "RecordBatchBenchmark.batch",
                    "RecordBatchBenchmark.anchorSignatureValid",
                    0.85),
            least("record batch of strangers, a second", "RecordBatchBenchmark.batchOfStrangers", NOTHING, 10_000),
            allocation("sha256 chosen, bytes an attempt", "AllocationBenchmark.sha256"),
            allocation("sha256 portable, bytes an attempt", "AllocationBenchmark.sha256Portable"),
            allocation("scrypt chosen, bytes an attempt", "AllocationBenchmark.scrypt"),
            allocation("scrypt portable, bytes an attempt", "AllocationBenchmark.scryptPortable"),
            allocation("scrypt bytes a verification", "AllocationBenchmark.scryptVerification"));

    private static Ratio least(String name, String benchmark, String anchor, double goal) {
        return new Ratio(name, benchmark, anchor, 1, goal, false, ANY);
    }

    private static Ratio most(String name, String benchmark, String anchor, double goal) {
        return new Ratio(name, benchmark, anchor, 1, goal, true, ANY);
    }

    /** Nothing: what JMH itself allocates in an iteration is less than a byte for each of so many attempts. */
    private static Ratio allocation(String name, String benchmark) {
        return most(name, Summary.bytes(benchmark), NOTHING, 1);
    }

    private Ratio withVectors() {
        return new Ratio(name, benchmark, anchor, times, goal, most, VECTORS);
    }

    private Ratio times(double factor) {
        return new Ratio(name, benchmark, anchor, factor, goal, most, fromJava);
    }

    /** Whether the run has both results. */
    boolean isKnown(Map<String, Double> scores) {
        return scores.containsKey(benchmark) && (anchor.equals(NOTHING) || scores.containsKey(anchor));
    }

    double of(Map<String, Double> scores) {
        double unit = anchor.equals(NOTHING) ? 1 : scores.getOrDefault(anchor, Double.NaN);
        return times * scores.getOrDefault(benchmark, Double.NaN) / unit;
    }

    /** Whether this JVM can be expected to reach it. */
    boolean isAsked() {
        return Runtime.version().feature() >= fromJava;
    }

    boolean isMet(Map<String, Double> scores) {
        double measured = of(scores);
        return most ? measured <= goal : measured >= goal;
    }
}
