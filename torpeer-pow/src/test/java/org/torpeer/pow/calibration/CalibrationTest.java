package org.torpeer.pow.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.Operation;
import org.torpeer.api.OperationCancelledException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.pow.Kernels;
import org.torpeer.pow.calibration.CalibrationPlan.Subject;
import org.torpeer.testkit.TestSeed;

class CalibrationTest {
    private static final Target TARGET = Target.parse("p95=3s");

    @Test
    void measuresThisMachine() {
        List<Subject> subjects = List.of(new Subject("sha256", ""), new Subject("scrypt", "N=1024,r=8,p=1"));
        CalibrationPlan plan = new CalibrationPlan(TARGET, 2, 1, subjects, AttackerTable.builtIn());
        CalibrationReport report;
        try (NodeRuntime runtime = NodeRuntime.system("calibration-test")) {
            report = Calibration.start(plan, runtime, new Pace(1, 50_000_000, 20_000_000), Calibration.LIMIT)
                    .await(Duration.ofSeconds(30));
        }
        assertThat(report.algorithms()).hasSize(2).allSatisfy(CalibrationTest::isPlausible);
        assertThat(report.attackers())
                .extracting(cost -> cost.name() + " " + cost.algorithm())
                .containsExactly(
                        "this machine sha256",
                        "RTX 4090 sha256",
                        "S21 Pro ASIC sha256",
                        "this machine scrypt",
                        "RTX 5090 scrypt");
        assertThat(report.attackers()).allSatisfy(cost -> {
            assertThat(cost.costPer10000()).isCloseTo(1e4 * cost.costPerIdentity(), within(1e-6));
            assertThat(cost.source()).isNotBlank();
        });
        assertThat(report.attackers().get(4).attemptsPerSecond()).isEqualTo(16 * 7760);
        assertThat(report.check().solves()).isEqualTo(100);
        // A sound machine falls below once in a hundred thousand runs.
        assertThat(report.check().pValue()).isGreaterThan(1e-5);
    }

    private static void isPlausible(AlgorithmFigures figures) {
        assertThat(figures.perThread()).isBetween(1.0, 1e10);
        assertThat(figures.total()).isPositive();
        assertThat(figures.p50Seconds()).isLessThan(figures.p95Seconds());
        assertThat(figures.p95Seconds()).isBetween(1.4, 3.0);
        assertThat(figures.p99Seconds()).isGreaterThan(figures.p95Seconds());
        assertThat(figures.verifyMillis()).isBetween(1e-5, 1e3);
        assertThat(figures.kernel()).isNotBlank();
        assertThat(figures.memoryBytes()).isPositive();
    }

    @Test
    void keepsToItsTime() {
        // Trying kernels comes first and is done once in a JVM.
        CalibrationPlan.BUILT_IN.forEach(subject -> Kernels.searching(subject.algorithm(), subject.parameters()));
        try (NodeRuntime runtime = NodeRuntime.system("calibration-test")) {
            long begun = runtime.loop().nanoTime();
            Calibration.start(CalibrationPlan.of(TARGET, 1), runtime, Duration.ofSeconds(2))
                    .await(Duration.ofSeconds(30));
            // Two, the last evaluations, and what a machine with other work is late.
            assertThat(Duration.ofNanos(runtime.loop().nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
            for (Duration bad : List.of(Duration.ZERO, Duration.ofSeconds(-5), Duration.ofDays(1))) {
                assertThatThrownBy(() -> Calibration.start(CalibrationPlan.of(TARGET, 1), runtime, bad))
                        .isInstanceOf(InvalidInputException.class);
            }
        }
        Pace steady = Pace.STEADY;
        assertThat(steady.within(3 * steady.nanos(), 3)).isEqualTo(steady);
        assertThat(steady.within(3 * steady.nanos() / 2, 3).nanos()).isEqualTo(steady.nanos() / 2);
        assertThat(steady.within(-1, 3).nanos()).isPositive();
    }

    @Test
    void isCancelled() {
        try (NodeRuntime runtime = NodeRuntime.system("calibration-test")) {
            Operation<CalibrationReport> calibration = Calibration.start(CalibrationPlan.of(TARGET, 1), runtime);
            calibration.cancel();
            assertThatThrownBy(() -> calibration.await(Duration.ofSeconds(1)))
                    .isInstanceOf(OperationCancelledException.class);
        }
    }

    @Test
    void readsTargets() {
        assertThat(TARGET).isEqualTo(new Target(0.95, Duration.ofSeconds(3)));
        assertThat(Target.parse("p50=250ms")).isEqualTo(new Target(0.5, Duration.ofMillis(250)));
        assertThat(Target.parse("p99.9=1.5h")).isEqualTo(new Target(0.999, Duration.ofMinutes(90)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "p95",
                "95=3s",
                "p95=3",
                "p95=-3s",
                "p-5=3s",
                "p0=3s",
                "p100=3s",
                "p95=0s",
                "p95=NaNs",
                "pNaN=3s",
                "p95=1e9s",
                "p95=999999999d",
                "p95=Infinitys",
                "p95=3s ",
                "p95=3s\n",
                "p95=0.1ms",
                "p95=33333333333333333333333333333333333s"
            })
    void refusesTargets(String text) {
        assertThatThrownBy(() -> Target.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void refusesPlansThatMakeNoSense() {
        assertThatThrownBy(() -> new Target(Double.NaN, Duration.ofSeconds(1)))
                .isInstanceOf(InvalidInputException.class);
        for (double factor : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e7}) {
            assertThatThrownBy(() -> CalibrationPlan.of(TARGET, factor)).isInstanceOf(InvalidInputException.class);
        }
        AttackerTable table = AttackerTable.builtIn();
        assertThatThrownBy(() -> new CalibrationPlan(TARGET, 1, 0, CalibrationPlan.BUILT_IN, table))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new CalibrationPlan(TARGET, 1, 1, List.of(), table))
                .isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "a|sha256||1|1",
                "a|sha256||-1|1|s",
                "a|sha256||NaN|1|s",
                "a|sha256||1|Infinity|s",
                "a|sha256||1|free|s",
                "a|sha256||1|1|s|t"
            })
    void refusesTables(String line) {
        assertThatThrownBy(() -> AttackerTable.parse("# head\n" + line))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void recommendsTheMostBitsThatMeetTheTarget() {
        for (double rate = 0.01; rate < 1e12; rate *= 7) {
            int bits = SolveTimes.bits(TARGET, rate);
            assertThat(bits == 0 || SolveTimes.quantile(0.95, bits) / rate <= 3).isTrue();
            assertThat(SolveTimes.quantile(0.95, bits + 1) / rate).isGreaterThan(3);
        }
    }

    @Test
    void quantilesAreThoseOfTheExponentialForManyBits() {
        assertThat(SolveTimes.quantile(0.5, 30) / (1 << 30)).isCloseTo(0.693, within(1e-3));
        assertThat(SolveTimes.quantile(0.95, 30) / (1 << 30)).isCloseTo(2.996, within(1e-3));
        assertThat(SolveTimes.quantile(0.99, 30) / (1 << 30)).isCloseTo(4.605, within(1e-3));
        assertThat(SolveTimes.quantile(0.99, 0)).isEqualTo(1);
        assertThat(SolveTimes.probability(SolveTimes.quantile(0.9, 255), 255)).isCloseTo(0.9, within(1e-9));
    }

    /** Points of the limiting distribution from Smirnov's table: 0.05 at 1.358, 0.01 at 1.628. */
    @Test
    void pValuesAreThoseOfTheTables() {
        int many = 100_000_000;
        assertThat(KolmogorovSmirnov.pValue(1.358 / 1e4, many)).isCloseTo(0.05, within(1e-3));
        assertThat(KolmogorovSmirnov.pValue(1.628 / 1e4, many)).isCloseTo(0.01, within(1e-4));
        assertThat(KolmogorovSmirnov.pValue(0, 100)).isEqualTo(1);
        assertThat(KolmogorovSmirnov.pValue(1, 100)).isLessThan(1e-20);
    }

    @Test
    void noticesSolvesThatAreTooEasy() {
        Random random = TestSeed.random("noticesSolvesThatAreTooEasy");
        List<Long> right = new ArrayList<>();
        List<Long> easy = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            double mean = -Math.log1p(-random.nextDouble());
            right.add(1 + (long) (mean * 65536));
            easy.add(1 + (long) (mean * 65536 / 4));
        }
        assertThat(PuzzleCheck.compared(right, 16).pValue()).isGreaterThan(1e-6);
        assertThat(PuzzleCheck.compared(easy, 16).pValue()).isLessThan(1e-6);
    }
}
