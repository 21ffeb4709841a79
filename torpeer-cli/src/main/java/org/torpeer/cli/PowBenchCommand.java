package org.torpeer.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.cli.json.Json;
import org.torpeer.cli.terminal.Amounts;
import org.torpeer.cli.terminal.Table;
import org.torpeer.pow.Kernels;
import org.torpeer.pow.calibration.CalibrationPlan;
import org.torpeer.pow.calibration.CalibrationPlan.Subject;
import org.torpeer.pow.calibration.SearchRate;
import org.torpeer.pow.kernel.KernelVerdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code torpeer pow bench}. */
@Command(
        name = "bench",
        description = "Compares the kernels of each algorithm on this machine, one thread each, in some seconds.")
final class PowBenchCommand implements Callable<Integer> {
    private static final Duration EACH = Duration.ofMillis(400);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    private record Measured(
            Subject subject, KernelVerdict verdict, boolean searching, double perSecond, double ratio) {}

    @Override
    public Integer call() {
        List<Measured> all = new ArrayList<>();
        try (NodeRuntime runtime = NodeRuntime.system("program")) {
            CalibrationPlan.BUILT_IN.forEach(subject -> all.addAll(measure(subject, runtime)));
        }
        PrintWriter out = Surroundings.out(spec);
        if (json) {
            out.println(Json.line(
                    Json.of("kernels", all.stream().map(PowBenchCommand::facts).toList())));
            return Program.DONE;
        }
        Table table = new Table("algorithm", "kernel", "attempts", "ratio", "used", "remark");
        all.forEach(measured -> table.row(
                measured.subject().algorithm() + " " + measured.subject().parameters(),
                measured.verdict().name(),
                measured.verdict().usable() ? Amounts.count(measured.perSecond()) + "/s" : "-",
                measured.verdict().usable() ? String.format(Locale.ROOT, "%.2f", measured.ratio()) : "-",
                measured.searching() ? "yes" : "",
                measured.verdict().remark()));
        table.lines().forEach(out::println);
        return Program.DONE;
    }

    private static List<Measured> measure(Subject subject, NodeRuntime runtime) {
        String searching = Kernels.searching(subject.algorithm(), subject.parameters());
        List<Measured> measured = new ArrayList<>();
        double first = 0;
        for (KernelVerdict verdict : Kernels.of(subject.algorithm())) {
            double rate = verdict.usable() ? rate(subject, verdict.name(), runtime) : 0;
            first = first == 0 ? rate : first;
            measured.add(new Measured(
                    subject, verdict, verdict.name().equals(searching), rate, first == 0 ? 0 : rate / first));
        }
        return measured;
    }

    private static double rate(Subject subject, String name, NodeRuntime runtime) {
        PowKernel kernel = Kernels.newKernel(subject.algorithm(), subject.parameters(), name);
        int gateBits = Providers.powAlgorithms().require(subject.algorithm()).gateBits();
        return new SearchRate(kernel, gateBits, runtime, () -> false).measure(0, EACH, EACH);
    }

    private static Map<String, Object> facts(Measured measured) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("algorithm", measured.subject().algorithm());
        facts.put("parameters", measured.subject().parameters());
        facts.put("kernel", measured.verdict().name());
        facts.put("usable", measured.verdict().usable());
        facts.put("used", measured.searching());
        facts.put("attemptsPerSecond", measured.perSecond());
        facts.put("ratio", measured.ratio());
        facts.put("remark", measured.verdict().remark());
        return facts;
    }
}
