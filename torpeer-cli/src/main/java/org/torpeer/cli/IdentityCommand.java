package org.torpeer.cli;

import picocli.CommandLine.Command;

/** {@code torpeer identity}. */
@Command(
        name = "identity",
        description = "A node's key, and the proof of work bound to it.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            IdentityCreateCommand.class,
            IdentityShowCommand.class,
            IdentityImportCommand.class,
            IdentityBackupCommand.class,
            IdentityRestoreCommand.class,
            IdentityRaiseCommand.class,
            IdentityRevokeCommand.class,
            IdentityRotateCommand.class
        })
final class IdentityCommand {}
