package org.torpeer.transport.loopback;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.PeerId;
import org.torpeer.api.runtime.EventLoop;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.ListenRequest;
import org.torpeer.api.spi.transport.Listener;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.transport.loopback.virtual.SeededRandom;

/** One node's access to a network; keeps account of what has to be closed with it. */
final class LoopbackTransport implements Transport {
    private static final String CLOSED = "this transport is closed";

    private final LoopbackNetwork network;
    private final NodeRuntime runtime;
    private final Runnable released;

    private final Object lock = new Object();
    private final Set<LoopbackListener> listeners = new LinkedHashSet<>();
    /** Each at its {@link LoopbackConnection#place}. */
    private final List<LoopbackConnection> connections = new ArrayList<>();

    private final Set<LoopbackDial> dials = new LinkedHashSet<>();
    private boolean closed;
    private volatile boolean down;
    private volatile boolean separated;
    private @Nullable LinkModel model;
    private @Nullable SeededRandom random;

    LoopbackTransport(LoopbackNetwork network, NodeRuntime runtime, Runnable released) {
        this.network = network;
        this.runtime = runtime;
        this.released = released;
    }

    @Override
    public CompletionStage<Connection> dial(Endpoint target, Duration timeout) {
        LoopbackDial dial = new LoopbackDial(this, target);
        if (!adopt(dials, dial)) {
            return refused(CLOSED);
        }
        dial.start(timeout);
        network.route(dial);
        return dial.result();
    }

    @Override
    public CompletionStage<Listener> listen(ListenRequest request, Consumer<Connection> acceptor) {
        if (!request.forwards().isEmpty()) {
            return refused("the loopback transport has no forwards");
        }
        LoopbackListener listener = new LoopbackListener(this, request.endpoint(), acceptor);
        if (!network.register(listener)) {
            return refused("somebody listens on " + request.endpoint() + " already");
        }
        if (!adopt(listeners, listener)) {
            listener.close();
            return refused(CLOSED);
        }
        return CompletableFuture.completedStage(listener);
    }

    @Override
    public void close() {
        List<LoopbackListener> openListeners;
        List<LoopbackConnection> openConnections;
        List<LoopbackDial> openDials;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            openListeners = List.copyOf(listeners);
            openConnections = List.copyOf(connections);
            openDials = List.copyOf(dials);
        }
        openListeners.forEach(LoopbackListener::close);
        openConnections.forEach(LoopbackConnection::close);
        openDials.forEach(dial -> dial.fail(TransportFailure.LOCAL));
        network.remove(this);
        released.run();
    }

    LoopbackNetwork network() {
        return network;
    }

    NodeRuntime runtime() {
        return runtime;
    }

    EventLoop loop() {
        return runtime.loop();
    }

    /** What a dial will meet. */
    Route route() {
        synchronized (lock) {
            return model == null || random == null ? Route.steady(network) : Route.drawn(model, random);
        }
    }

    /** Dials are drawn from a model from now on, of a source of the host's own, so that no other's dials change them. */
    void draw(LinkModel links, long seed) {
        synchronized (lock) {
            model = links;
            random = new SeededRandom(seed);
        }
    }

    /** Whether the host's own access to the network fails. */
    boolean isDown() {
        return down;
    }

    void down(boolean fails) {
        down = fails;
    }

    /** On which side of a partition this host is. */
    void separate(boolean apart) {
        separated = apart;
    }

    boolean isSeparatedFrom(LoopbackTransport other) {
        return separated != other.separated;
    }

    List<LoopbackConnection> connections() {
        synchronized (lock) {
            return List.copyOf(connections);
        }
    }

    /** Whether the connection is now this transport's to close; not, if the transport is closed. */
    boolean adopt(LoopbackConnection connection) {
        synchronized (lock) {
            if (!closed) {
                connection.place(connections.size());
                connections.add(connection);
            }
            return !closed;
        }
    }

    /** The last one takes the place of the one that goes. */
    void forget(LoopbackConnection connection) {
        synchronized (lock) {
            int place = connection.place();
            if (place < connections.size() && connections.get(place) == connection) {
                LoopbackConnection last = connections.remove(connections.size() - 1);
                if (last != connection) {
                    connections.set(place, last);
                    last.place(place);
                }
            }
        }
    }

    void forget(LoopbackDial dial) {
        synchronized (lock) {
            dials.remove(dial);
        }
    }

    void forget(LoopbackListener listener) {
        network.remove(listener);
        synchronized (lock) {
            listeners.remove(listener);
        }
    }

    /** Those accepted under the key and, if this transport listens under it, those dialed. */
    List<LoopbackConnection> connectionsOf(PeerId peer) {
        synchronized (lock) {
            boolean ours = listeners.stream()
                    .anyMatch(listener -> listener.endpoint().peer().equals(peer));
            return connections.stream()
                    .filter(connection -> connection.isAcceptedUnder(peer) || (ours && connection.isDialed()))
                    .toList();
        }
    }

    private <T> boolean adopt(Set<T> owned, T one) {
        synchronized (lock) {
            return !closed && owned.add(one);
        }
    }

    private static <T> CompletionStage<T> refused(String why) {
        return CompletableFuture.failedStage(new TransportException(TransportFailure.LOCAL, why));
    }
}
