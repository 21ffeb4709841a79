package org.torpeer.cli.pow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.cli.json.Field;
import org.torpeer.cli.json.Json;
import org.torpeer.pow.calibration.AlgorithmFigures;
import org.torpeer.pow.calibration.AttackCost;
import org.torpeer.pow.calibration.CalibrationPlan;
import org.torpeer.pow.calibration.CalibrationReport;
import org.torpeer.pow.calibration.Machine;
import org.torpeer.pow.calibration.SolveCheck;
import org.torpeer.pow.calibration.SolveCheck.Quantile;
import org.torpeer.pow.calibration.Target;

final class CalibrationViewsTest {
    private static final CalibrationPlan PLAN = CalibrationPlan.of(Target.parse("p95=3s"), 4);

    @Test
    @DisplayName("as JSON, a calibration has the fields of its schema and no others")
    void isOfItsSchema() {
        Map<String, Object> read = Json.object(Json.line(CalibrationJson.of(report("RTX 4090"))));
        assertThat(read).containsOnlyKeys("schema", "machine", "algorithms", "attackers", "check");
        assertThat(read).containsEntry("schema", "torpeer.calibration/1");
        assertThat(Field.objects(read, "algorithms")).hasSize(2).allSatisfy(algorithm -> {
            assertThat(algorithm.keySet().stream().map(String::valueOf))
                    .containsExactly(
                            "name",
                            "parameters",
                            "kernel",
                            "attemptsPerSecond",
                            "bits",
                            "p50Seconds",
                            "p95Seconds",
                            "p99Seconds",
                            "verifyMillis",
                            "memoryBytes");
            assertThat(Field.object(algorithm, "attemptsPerSecond").keySet().stream()
                            .map(String::valueOf))
                    .containsExactly("perThread", "total");
        });
        assertThat(Field.objects(read, "attackers").get(0).keySet().stream().map(String::valueOf))
                .containsExactly(
                        "name",
                        "algorithm",
                        "attemptsPerSecond",
                        "costPerHour",
                        "secondsPerIdentity",
                        "costPer10000",
                        "source");
        assertThat(Field.object(read, "check").keySet().stream().map(String::valueOf))
                .containsExactly("solves", "bits", "statistic", "pValue");
    }

    @Test
    @DisplayName("on a terminal, it is a table of lines that fit, with predicted beside observed")
    void isReadable() {
        List<String> lines = CalibrationText.lines(report("RTX 4090"));
        assertThat(lines).allMatch(line -> line.length() <= 100);
        assertThat(lines)
                .anyMatch(line -> line.startsWith("sha256 ") && line.contains(" 25 "))
                .anyMatch(line -> line.matches("p95 +196 k +185 k"))
                .anyMatch(line -> line.contains("p = 0.376"));
    }

    @Test
    @DisplayName("as a page, it is whole in itself, and what others named is text in it")
    void isOnePage() {
        String page = new CalibrationPage(PLAN, report("<script>alert(\"x\")</script> & co")).text();
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("<svg viewBox", "Cost against waiting time", "&lt;script&gt;alert(&quot;x&quot;)")
                .doesNotContain("<script", "http:", "https:", "url(", "@import", "src=", "NaN", "Infinity");
        assertThat(page.split("<figure>", -1)).hasSize(4);
    }

    @Test
    @DisplayName("targets that no algorithm meets, and no attackers, are shown too")
    void survivesExtremes() {
        Target year = Target.parse("p0.0001=366d");
        Machine machine = report("x").machine();
        AlgorithmFigures hopeless = figures("scrypt", "N=16384,r=8,p=1", 1e-4, 0);
        SolveCheck check = report("x").check();
        CalibrationReport alone = new CalibrationReport(machine, List.of(hopeless), List.of(), check);
        AttackCost asic = new AttackCost("asic", "scrypt", "N=16384,r=8,p=1", 1e15, 1e-3, 1e-15, 1e-22, 1e-18, "s");
        CalibrationReport cheap = new CalibrationReport(machine, List.of(hopeless), List.of(asic), check);
        for (CalibrationReport extreme : List.of(alone, cheap)) {
            assertThat(new CalibrationPage(CalibrationPlan.of(year, 1e6), extreme).text())
                    .doesNotContain("NaN", "Infinity");
            assertThat(CalibrationText.lines(extreme)).noneMatch(line -> line.contains("NaN"));
        }
    }

    private static CalibrationReport report(String attacker) {
        List<Long> attempts = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            attempts.add(Math.round(-Math.log1p(-(i - 0.5) / 100) * 65536));
        }
        SolveCheck check = new SolveCheck(
                100,
                16,
                0.09,
                0.376,
                List.of(new Quantile(0.5, 45_425, 37_200), new Quantile(0.95, 196_328, 185_000)),
                attempts);
        return new CalibrationReport(
                new Machine("17", "Linux", "amd64", 2, 2, 1L << 30),
                List.of(figures("sha256", "", 9e6, 25), figures("scrypt", "N=1024,r=8,p=1", 500, 9)),
                List.of(new AttackCost(attacker, "sha256", "", 2.2e10, 0.34, 1.5e-3, 1.4e-7, 1.4e-3, "a benchmark")),
                check);
    }

    private static AlgorithmFigures figures(String name, String parameters, double rate, int bits) {
        double mean = Math.scalb(1.0, bits) / rate;
        return new AlgorithmFigures(
                name, parameters, "portable", rate, 2 * rate, bits, 0.7 * mean, 3 * mean, 4.6 * mean, 0.1, 1 << 20);
    }
}
