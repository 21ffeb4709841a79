package org.torpeer.cli;

import picocli.CommandLine.Command;

/** {@code torpeer identity}. */
@Command(
        name = "identity",
        description = "A node's key, and the proof of work bound to it.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {IdentityCreateCommand.class, IdentityShowCommand.class})
final class IdentityCommand {}
