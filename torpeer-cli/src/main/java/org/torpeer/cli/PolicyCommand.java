package org.torpeer.cli;

import picocli.CommandLine.Command;

/** {@code torpeer policy}. */
@Command(
        name = "policy",
        description = "What a network demands of its nodes' proofs, signed by its operator.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PolicyKeygenCommand.class,
            PolicySignCommand.class,
            PolicyShowCommand.class,
            PolicyPublishCommand.class
        })
final class PolicyCommand {}
