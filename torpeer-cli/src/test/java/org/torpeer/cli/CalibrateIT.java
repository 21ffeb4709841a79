package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.cli.json.Field;
import org.torpeer.cli.json.Json;

@Timeout(180)
final class CalibrateIT {
    @TempDir
    Path folder;

    @Test
    @DisplayName("a calibration meets its target on this machine, and its real solves agree with what it predicts")
    void calibrates() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path json = folder.resolve("c.json");
        Path html = folder.resolve("c.html");
        try (Child child = Child.start(
                temporary,
                "pow",
                "calibrate",
                "--target",
                "p95=3s",
                "--json",
                json.toString(),
                "--html",
                html.toString())) {
            child.await(line -> line.startsWith("Kolmogorov-Smirnov"));
            assertThat(child.end()).as(child.errors()).isZero();
        }
        Map<String, Object> report = Json.object(Files.readString(json));
        assertThat(Field.objects(report, "algorithms"))
                .extracting(algorithm -> Field.text(algorithm, "name"))
                .containsExactly("sha256", "scrypt", "scrypt");
        assertThat(Field.objects(report, "algorithms"))
                .allSatisfy(algorithm ->
                        assertThat(Field.number(algorithm, "p95Seconds")).isBetween(1.4, 3.0));
        assertThat(Field.objects(report, "attackers")).hasSize(7);
        // A sound machine falls below once in a hundred thousand runs.
        assertThat(Field.number(Field.object(report, "check"), "pValue")).isGreaterThan(1e-5);
        assertThat(Files.readString(html)).contains("<svg", "Cost against waiting time");
    }
}
