package org.torpeer.bench;

import java.util.List;
import java.util.Map;

/**
 * A result compared with another of the same run.
 *
 * @param name what is compared
 * @param benchmark the benchmark, as class and method
 * @param anchor what it is divided by
 * @param goal what it should reach, on machines and JVMs that have what it takes
 */
record Ratio(String name, String benchmark, String anchor, double goal) {
    static final List<Ratio> ALL = List.of(
            new Ratio(
                    "sha256 portable / MessageDigest loop",
                    "Sha256Benchmark.portable",
                    "Sha256Benchmark.anchorMessageDigest",
                    0.95),
            new Ratio(
                    "sha256 portable / BouncyCastle",
                    "Sha256Benchmark.portable",
                    "Sha256Benchmark.anchorBouncyCastle",
                    5),
            new Ratio(
                    "sha256 chosen / MessageDigest loop",
                    "Sha256Benchmark.chosen",
                    "Sha256Benchmark.anchorMessageDigest",
                    2.2),
            new Ratio(
                    "sha256 chosen, 256-bit vectors / MessageDigest loop",
                    "Sha256Avx2Benchmark.chosen",
                    "Sha256Avx2Benchmark.anchorMessageDigest",
                    1.25),
            new Ratio(
                    "scrypt portable verification / BouncyCastle",
                    "ScryptBenchmark.verifyPortable",
                    "ScryptBenchmark.anchorBouncyCastle",
                    1.15),
            new Ratio(
                    "scrypt verification / BouncyCastle",
                    "ScryptBenchmark.verify",
                    "ScryptBenchmark.anchorBouncyCastle",
                    1.7),
            new Ratio("scrypt mining / BouncyCastle", "ScryptBenchmark.mine", "ScryptBenchmark.anchorBouncyCastle", 3),
            new Ratio(
                    "Ed25519 verification / platform",
                    "Ed25519Benchmark.verify",
                    "Ed25519Benchmark.anchorPlatformVerify",
                    6),
            new Ratio(
                    "Ed25519 verification / BouncyCastle",
                    "Ed25519Benchmark.verify",
                    "Ed25519Benchmark.anchorBouncyCastleVerify",
                    1),
            new Ratio("Ed25519 signing / platform", "Ed25519Benchmark.sign", "Ed25519Benchmark.anchorPlatformSign", 6),
            new Ratio(
                    "record decoding / verification",
                    "RecordBenchmark.decode",
                    "RecordBenchmark.anchorSignatureValid",
                    20),
            new Ratio(
                    "record encoding / verification",
                    "RecordBenchmark.encode",
                    "RecordBenchmark.anchorSignatureValid",
                    20),
            new Ratio(
                    "record batch / its signatures alone",
                    "RecordBatchBenchmark.batch",
                    "RecordBatchBenchmark.anchorSignatureValid",
                    0.85));

    /** Whether the run has both results. */
    boolean isKnown(Map<String, Double> scores) {
        return scores.containsKey(benchmark) && scores.containsKey(anchor);
    }

    double of(Map<String, Double> scores) {
        return scores.getOrDefault(benchmark, Double.NaN) / scores.getOrDefault(anchor, Double.NaN);
    }
}
