package org.torpeer.cli;

import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.node.identity.Identity;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of commands that work for an identity's proof and show what came of it. */
final class WorkOptions {
    private static final int MAX_THREADS = 1024;

    @Option(names = "--threads", paramLabel = "N", description = "How many threads work (default: one a core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /**
     * @throws InvalidInputException if nobody mines with so many
     */
    int threads() {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new InvalidInputException("mining takes 1 to " + MAX_THREADS + " threads, not " + threads);
        }
        return threads;
    }

    void print(Identity identity, @Nullable CommandSpec spec) {
        IdentityFacts.print(identity, Surroundings.out(spec), json);
    }
}
