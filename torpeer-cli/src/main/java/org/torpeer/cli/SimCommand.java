package org.torpeer.cli;

import picocli.CommandLine.Command;

/** {@code torpeer sim}. */
@Command(
        name = "sim",
        description = "Networks of real nodes in virtual time.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SimListCommand.class,
            SimShowCommand.class,
            SimRunCommand.class,
            SimReplayCommand.class,
            SimSweepCommand.class,
            SimWorkerCommand.class,
            SimValidateCommand.class
        })
final class SimCommand {}
