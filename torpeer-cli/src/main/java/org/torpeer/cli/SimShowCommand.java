package org.torpeer.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.sim.ScenarioFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code torpeer sim show}. */
@Command(name = "show", description = "Prints the file of a built-in scenario, to be copied and changed.")
final class SimShowCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "As sim list has it.")
    private String name = "";

    @Override
    public Integer call() {
        Surroundings.out(spec).print(ScenarioFile.text(name));
        return Program.DONE;
    }
}
