package org.torpeer.pow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM without the vectors' module, or told not to use them, works as well. */
class WithoutVectorsTest {
    @TempDir
    private Path directory;

    @Test
    void theModuleIsNotNeeded() throws IOException, InterruptedException {
        assertThat(output()).containsAnyOf("sha256 portable", "sha256 arrays").contains("scrypt portable");
    }

    @Test
    void vectorsCanBeForbidden() throws IOException, InterruptedException {
        assertThat(output(
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-Dtorpeer.pow.sha256.kernels=portable",
                        "-Dtorpeer.pow.scrypt.kernels=portable, vector-1"))
                .contains("sha256 portable")
                .containsAnyOf("scrypt portable", "scrypt vector-1");
    }

    @Test
    void aKernelCanBeForced() throws IOException, InterruptedException {
        assertThat(output("-Dtorpeer.pow.sha256.kernels=arrays")).contains("sha256 arrays");
    }

    private String output(String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add(KernelNames.class.getName());
        return new ChildJvm(directory.resolve("output")).run(arguments, 60, TimeUnit.SECONDS);
    }
}
