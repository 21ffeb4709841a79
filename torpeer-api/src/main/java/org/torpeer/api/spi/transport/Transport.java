package org.torpeer.api.spi.transport;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.torpeer.api.Endpoint;

/**
 * Makes connections to onion keys and accepts them. Safe for several threads. Stages and callbacks complete on threads
 * of the transport's choice; receivers hop to their own loop.
 */
public interface Transport extends AutoCloseable {
    /**
     * Dials a peer. That the acceptor holds the endpoint's key is the network's promise, not proven to us: the handshake
     * does that.
     *
     * @param timeout after which the stage fails with {@link TransportFailure#TIMEOUT}
     * @return fails with {@link TransportException}
     */
    CompletionStage<Connection> dial(Endpoint target, Duration timeout);

    /**
     * Accepts connections under a key.
     *
     * @param acceptor called for each inbound connection; must not block
     * @return completes when others can dial, fails with {@link TransportException}
     */
    CompletionStage<Listener> listen(ListenRequest request, Consumer<Connection> acceptor);

    /** A dialer of host names through this transport, if it has one. */
    default Optional<HostDialer> hostDialer() {
        return Optional.empty();
    }

    /** Closes listeners and connections and ends what this transport started. Further calls do nothing. */
    @Override
    void close();
}
