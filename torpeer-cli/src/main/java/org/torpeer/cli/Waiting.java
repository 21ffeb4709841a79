package org.torpeer.cli;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Operation;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.cli.process.Signals;
import org.torpeer.cli.terminal.ProgressDisplay;
import picocli.CommandLine.Model.CommandSpec;

/** Waits for something that takes long, shows how far it has come, and cancels it when a signal comes. */
final class Waiting {
    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(365);

    private Waiting() {}

    /**
     * @param name what is shown before the progress
     * @param start starts it; the runtime is closed when it has ended
     */
    static <T> T on(@Nullable CommandSpec spec, String name, Function<NodeRuntime, Operation<T>> start) {
        try (Signals signals = Signals.breakOff();
                NodeRuntime runtime = NodeRuntime.system("program")) {
            Operation<T> operation = start.apply(runtime);
            signals.ask(operation::cancel);
            try (ProgressDisplay display = ProgressDisplay.on(Surroundings.err(spec), runtime.loop(), false)) {
                operation.onProgress(progress -> display.show(name, progress));
                return operation.await(AS_LONG_AS_IT_TAKES);
            }
        }
    }
}
