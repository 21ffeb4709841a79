package org.torpeer.cli;

import org.torpeer.cli.process.Stopwatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root of all commands. */
@Command(
        name = "torpeer",
        description = "Finds and talks to peers whose only address is a Tor onion service.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        subcommands = {
            DemoCommand.class,
            LabCommand.class,
            IdentityCommand.class,
            NodeCommand.class,
            PolicyCommand.class,
            PowCommand.class,
            SimCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:it failed while doing it",
            "2:what was asked for or given cannot be used",
            "130:Ctrl-C broke it off, unless it runs until then",
            "143:SIGTERM did"
        })
final class TorPeerCommand {
    private final Stopwatch sinceStart;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Log what goes on inside, and show where errors come from.")
    private boolean verbose;

    /**
     * @param sinceStart runs since the program began
     */
    TorPeerCommand(Stopwatch sinceStart) {
        this.sinceStart = sinceStart;
    }

    Stopwatch sinceStart() {
        return sinceStart;
    }

    boolean verbose() {
        return verbose;
    }
}
