package org.torpeer.cli.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.Operation;
import org.torpeer.api.runtime.NodeRuntime;

/**
 * What to demonstrate.
 *
 * @param transport {@code tor} or {@code loopback}
 * @param nodes how many, of which the first is the router
 */
public record DemoPlan(String transport, int nodes) {
    /** Fewest nodes: a router, and two that can talk. */
    public static final int MIN_NODES = 3;
    /** Most nodes. */
    public static final int MAX_NODES = 50;
    /** The transports a demonstration can be held on. */
    public static final List<String> TRANSPORTS = List.of("tor", "loopback");

    /**
     * @throws InvalidInputException if the transport or the number is not one of those possible
     */
    public DemoPlan {
        if (!TRANSPORTS.contains(transport)) {
            throw new InvalidInputException(
                    "a demonstration is held on " + String.join(" or ", TRANSPORTS) + ", not on '" + transport + "'");
        }
        if (nodes < MIN_NODES || nodes > MAX_NODES) {
            throw new InvalidInputException(
                    "a demonstration has " + MIN_NODES + " to " + MAX_NODES + " nodes, not " + nodes);
        }
    }

    Operation<DemoWorld> startWorld(Path folder, NodeRuntime runtime) {
        return transport.equals("tor") ? TorLabWorld.start(folder, runtime) : LoopbackWorld.start(runtime);
    }

    /** How long the network may take to start. */
    Duration worldTime() {
        return Duration.ofMinutes(2);
    }

    /** How long nodes may take to start, and again to find each other and talk. */
    Duration meetingTime() {
        return transport.equals("tor") ? Duration.ofMinutes(2) : Duration.ofSeconds(30);
    }
}
