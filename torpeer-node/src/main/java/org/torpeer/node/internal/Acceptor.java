package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.NodeListener;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.node.internal.session.Session;

/** Takes inbound connections through the handshake; those that are not through yet are few. */
@Singleton
final class Acceptor {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
    static final int MAX_HALF_OPEN = 32;

    private final HandshakeDriver handshakes;
    private final RecordIntake intake;
    private final NodeRuntime runtime;
    private final NodeListener listener;
    private int halfOpen;
    private boolean closed;

    @Inject
    Acceptor(HandshakeDriver handshakes, RecordIntake intake, NodeRuntime runtime, NodeListener listener) {
        this.handshakes = handshakes;
        this.intake = intake;
        this.runtime = runtime;
        this.listener = listener;
    }

    /** Takes a connection; called on any thread. */
    void accept(Connection connection) {
        runtime.loop().execute(() -> authenticate(connection));
    }

    void close() {
        closed = true;
    }

    private void authenticate(Connection connection) {
        if (closed || halfOpen >= MAX_HALF_OPEN) {
            connection.close();
            return;
        }
        halfOpen++;
        handshakes.accept(connection).whenComplete((session, failure) -> {
            halfOpen--;
            if (failure != null) {
                LOG.debug("inbound: {}", failure.getMessage());
                return;
            }
            opened(session);
        });
    }

    private void opened(Session session) {
        if (session.peer() == null || session.record() == null) {
            return;
        }
        listener.sessionOpened(session.peer());
        intake.verified(session.record());
    }
}
