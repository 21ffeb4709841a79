package org.torpeer.bench;

import org.openjdk.jmh.annotations.Fork;

/** The same with vectors of 256 bits at most, as on processors without AVX-512. */
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=2"})
public class Sha256Avx2Benchmark extends Sha256Benchmark {}
