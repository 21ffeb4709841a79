package org.torpeer.cli;

import picocli.CommandLine.Command;

/** {@code torpeer pow}. */
@Command(
        name = "pow",
        description = "Proofs of work: what they cost here and elsewhere, and solving and checking them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {PowCalibrateCommand.class, PowBenchCommand.class, PowSolveCommand.class, PowVerifyCommand.class})
final class PowCommand {}
