package org.torpeer.cli;

import picocli.CommandLine.Command;

/** {@code torpeer node}. */
@Command(
        name = "node",
        description = "A node of a network, and its administration while it runs.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            NodeRunCommand.class,
            NodeStatusCommand.class,
            NodePeersCommand.class,
            NodeSendCommand.class,
            NodePublishCommand.class,
            NodeBanCommand.class,
            NodeStopCommand.class
        })
final class NodeCommand {}
