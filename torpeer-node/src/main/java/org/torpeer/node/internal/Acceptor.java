package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.node.internal.handshake.HandshakeException;
import org.torpeer.node.internal.loop.OnLoop;
import org.torpeer.node.internal.tally.Drop;
import org.torpeer.node.internal.tally.Tally;

/** Takes inbound connections through the handshake. */
@Singleton
final class Acceptor {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    private final HandshakeDriver handshakes;
    private final RecordIntake intake;
    private final Tally tally;
    private final OnLoop onLoop;

    @Inject
    Acceptor(HandshakeDriver handshakes, RecordIntake intake, Tally tally, NodeRuntime runtime) {
        this.handshakes = handshakes;
        this.intake = intake;
        this.tally = tally;
        this.onLoop = new OnLoop(runtime.loop());
    }

    /** Takes a connection; called on any thread. */
    void accept(Connection connection) {
        // Not whenComplete, which would wrap each failure for a stage that nobody looks at.
        onLoop.execute(() -> handshakes.accept(connection).handle((session, failure) -> {
            if (failure != null) {
                LOG.debug("inbound: {}", failure.getMessage());
                count(Promise.cause(failure));
            } else if (session.record() != null) {
                // A claim, and no more: it is dialed back before it counts.
                intake.dialedUs(session.record());
            }
            return null;
        }));
    }

    /** What was answered with a verdict, and what made room, is counted where that is decided. */
    private void count(Throwable failure) {
        if (!(failure instanceof HandshakeException handshake)) {
            return;
        }
        switch (handshake.reason()) {
            case STRANGER -> tally.count(Drop.DOOR_STRANGER);
            case MALFORMED -> tally.count(Drop.DOOR_MALFORMED);
            case BAD_SIGNATURE -> tally.count(Drop.DOOR_BAD_SIGNATURE);
            case NO_COMMON_VERSION -> tally.count(Drop.DOOR_NO_COMMON_VERSION);
            case TIMEOUT -> tally.count(Drop.DOOR_TIMEOUT);
            case DISCONNECTED -> tally.count(Drop.DOOR_DISCONNECTED);
            case LOOKED -> tally.count(Drop.DOOR_LOOKED);
            default -> {}
        }
    }
}
