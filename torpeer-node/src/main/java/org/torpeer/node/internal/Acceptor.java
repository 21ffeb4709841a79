package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Connection;

/** Takes inbound connections through the handshake. */
@Singleton
final class Acceptor {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    private final HandshakeDriver handshakes;
    private final RecordIntake intake;
    private final NodeRuntime runtime;

    @Inject
    Acceptor(HandshakeDriver handshakes, RecordIntake intake, NodeRuntime runtime) {
        this.handshakes = handshakes;
        this.intake = intake;
        this.runtime = runtime;
    }

    /** Takes a connection; called on any thread. */
    void accept(Connection connection) {
        runtime.loop()
                .execute(() -> handshakes.accept(connection).whenComplete((session, failure) -> {
                    if (failure != null) {
                        LOG.debug("inbound: {}", failure.getMessage());
                    } else if (session.record() != null) {
                        // A claim, and no more: it is dialed back before it counts.
                        intake.dialedUs(session.record());
                    }
                }));
    }
}
