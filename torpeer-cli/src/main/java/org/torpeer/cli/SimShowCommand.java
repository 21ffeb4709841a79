package org.torpeer.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.sim.ScenarioFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code torpeer sim show}. */
@Command(
        name = "show",
        description = "Prints the file of a built-in scenario, to be copied and changed; or all keys there are.")
final class SimShowCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    private static final class What {
        @Parameters(index = "0", paramLabel = "NAME", description = "As sim list has it.")
        private String name = "";

        @Option(names = "--keys", description = "Every key of a scenario, with its default and what it is about.")
        private boolean keys;
    }

    @Override
    public Integer call() {
        String text = what.keys ? ScenarioFile.keys() : ScenarioFile.text(what.name);
        Surroundings.out(spec).print(text);
        return Program.DONE;
    }
}
