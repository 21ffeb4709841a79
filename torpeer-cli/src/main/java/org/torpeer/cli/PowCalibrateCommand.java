package org.torpeer.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.cli.json.Json;
import org.torpeer.cli.pow.CalibrationJson;
import org.torpeer.cli.pow.CalibrationPage;
import org.torpeer.cli.pow.CalibrationText;
import org.torpeer.cli.process.WholeFile;
import org.torpeer.pow.calibration.AttackerTable;
import org.torpeer.pow.calibration.Calibration;
import org.torpeer.pow.calibration.CalibrationPlan;
import org.torpeer.pow.calibration.CalibrationReport;
import org.torpeer.pow.calibration.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code torpeer pow calibrate}. */
@Command(
        name = "calibrate",
        description =
                "Measures this machine, and says which difficulty meets a target and what an identity costs others"
                        + " then. Takes some twenty seconds, in which the machine should have nothing else to do.")
final class PowCalibrateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--target",
            paramLabel = "pQ=TIME",
            required = true,
            description = "How long solving may take: p95=3s is 3 seconds at most, 95 times of 100.")
    private String target = "";

    @Option(
            names = "--device-factor",
            paramLabel = "X",
            defaultValue = "1",
            description = "How many times slower than this machine the device is that has to solve"
                    + " (default: ${DEFAULT-VALUE}).")
    private double deviceFactor;

    @Option(names = "--threads", paramLabel = "N", description = "How many threads solve (default: one a core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "18",
            description = "How long measuring may take, 2 to 1800: the more, the closer the figures (default:"
                    + " ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--attackers",
            paramLabel = "FILE",
            description = "A table of attackers instead of the built-in one. Lines of: name | algorithm | parameters |"
                    + " attempts per second | dollars per hour | source.")
    private @Nullable Path attackers;

    @Option(names = "--json", paramLabel = "FILE", description = "Write what was measured to this file.")
    private @Nullable Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with plots to this file.")
    private @Nullable Path html;

    @Override
    public Integer call() {
        Target wanted = Target.parse(target);
        AttackerTable table = attackers == null ? AttackerTable.builtIn() : AttackerTable.read(attackers);
        CalibrationPlan plan = new CalibrationPlan(wanted, deviceFactor, threads, CalibrationPlan.BUILT_IN, table);
        Duration limit = limit();
        if (json != null && json.equals(html)) {
            throw new InvalidInputException("--json and --html name the same file: give two");
        }
        try (WholeFile data = json == null ? null : WholeFile.prepare(json);
                WholeFile page = html == null ? null : WholeFile.prepare(html)) {
            CalibrationReport report =
                    Waiting.on(spec, "calibrating", runtime -> Calibration.start(plan, runtime, limit));
            CalibrationText.lines(report).forEach(Surroundings.out(spec)::println);
            if (data != null) {
                data.write(Json.line(CalibrationJson.of(report)) + "\n");
            }
            if (page != null) {
                page.write(new CalibrationPage(plan, report).text());
            }
            return Program.DONE;
        }
    }

    private Duration limit() {
        if (!(seconds >= 2 && seconds <= 1800)) {
            throw new InvalidInputException("a calibration takes 2 to 1800 seconds");
        }
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
