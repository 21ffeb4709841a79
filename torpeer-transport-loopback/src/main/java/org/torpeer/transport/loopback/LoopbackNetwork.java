package org.torpeer.transport.loopback;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.PeerId;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportFailure;

/**
 * A network in memory: what is sent from one of its transports arrives at another, on the receiving side's event loop.
 * It has no thread and no clock of its own, so it runs in whatever time the runtimes of its transports have. Several
 * networks are independent of each other. Safe for several threads.
 *
 * <p>Faults of a peer are set by the key dialed, and stay until {@link #heal}; faults of a host and between hosts are set
 * by its transport, {@link #attach attached} here. In virtual time in lanes, hosts come and go, and listen, between windows
 * only, and so do faults. The network neither knows nor checks under which key someone dials.
 */
public final class LoopbackNetwork {
    private final Object lock = new Object();
    private final Set<LoopbackTransport> transports = new LinkedHashSet<>();
    private final Map<PeerId, Map<Integer, LoopbackListener>> listeners = new HashMap<>();
    private final Map<PeerId, TransportFailure> faults = new HashMap<>();
    private volatile Duration latency = Duration.ZERO;
    private volatile NetworkObserver observer = new Unobserved();
    private @Nullable Links links;

    /** A model, and what the hosts' own sources of randomness are drawn with. */
    private record Links(LinkModel model, RandomGenerator random) {}

    /** A transport on this network whose stages and callbacks complete on the runtime's loop or on the calling thread. */
    public Transport attach(NodeRuntime runtime) {
        return attach(runtime, () -> {});
    }

    /**
     * The network that nodes share which are set up with transport {@code loopback} and this name, if there are any now.
     */
    public static Optional<LoopbackNetwork> named(String name) {
        return NamedNetworks.find(name);
    }

    Transport attach(NodeRuntime runtime, Runnable released) {
        LoopbackTransport transport = new LoopbackTransport(this, runtime, released);
        synchronized (lock) {
            transports.add(transport);
            if (links != null) {
                transport.draw(links.model(), links.random().nextLong());
            }
        }
        return transport;
    }

    /** How long each message is on its way from now on; at first zero. A dial takes twice that. */
    public void latency(Duration each) {
        latency = each;
    }

    /**
     * Links made from now on behave as the model says, in place of {@link #latency}.
     *
     * @param random gives each host a source of its own, of which its dials are drawn; used by one thread at a time
     */
    public void links(LinkModel model, RandomGenerator random) {
        synchronized (lock) {
            links = new Links(model, random);
            transports.forEach(transport -> transport.draw(model, random.nextLong()));
        }
    }

    /** Tells the observer from now on, in place of the one before. */
    public void observe(NetworkObserver next) {
        observer = next;
    }

    /** Dials to the peer fail from now on: {@link TransportFailure#REFUSED}. */
    public void refuse(PeerId peer) {
        failDials(peer, TransportFailure.REFUSED);
    }

    /** Dials to the peer fail as if it had never been there: {@link TransportFailure#NOT_FOUND}. */
    public void vanish(PeerId peer) {
        failDials(peer, TransportFailure.NOT_FOUND);
    }

    /** Dials to the peer get no answer until their time is up: {@link TransportFailure#TIMEOUT}. */
    public void hang(PeerId peer) {
        failDials(peer, TransportFailure.TIMEOUT);
    }

    /** Dials to the peer fail from now on in the given manner; connections made already stay. */
    public void failDials(PeerId peer, TransportFailure failure) {
        synchronized (lock) {
            faults.put(peer, failure);
        }
    }

    /** Dials to the peer work again. */
    public void heal(PeerId peer) {
        synchronized (lock) {
            faults.remove(peer);
        }
    }

    /**
     * Breaks every connection accepted under the peer's key, and every one dialed by a transport that listens under it:
     * both sides see {@link TransportFailure#LOST}, and what was on the way is gone.
     */
    public void breakConnections(PeerId peer) {
        List<LoopbackConnection> broken = new ArrayList<>();
        for (LoopbackTransport transport : attached()) {
            broken.addAll(transport.connectionsOf(peer));
        }
        broken.forEach(LoopbackConnection::breakOff);
    }

    /** Breaks every connection of a host, as its crash would: both sides see {@link TransportFailure#LOST}. */
    public void breakConnections(Transport host) {
        own(host).connections().forEach(LoopbackConnection::breakOff);
    }

    /**
     * The host's own access to the network fails: its connections break, its dials fail as {@link TransportFailure#LOCAL},
     * dials to it as {@link TransportFailure#UNREACHABLE}.
     */
    public void down(Transport host) {
        own(host).down(true);
        breakConnections(host);
    }

    /** The host's access works again. */
    public void up(Transport host) {
        own(host).down(false);
    }

    /**
     * Separates some hosts from all others: connections across break, dials across fail as
     * {@link TransportFailure#UNREACHABLE}, until {@link #mend}. An earlier partition ends.
     */
    public void partition(Collection<? extends Transport> island) {
        mend();
        island.forEach(host -> own(host).separate(true));
        for (LoopbackTransport transport : attached()) {
            transport.connections().stream()
                    .filter(LoopbackConnection::isSeparated)
                    .forEach(LoopbackConnection::breakOff);
        }
    }

    /** Every host can reach every other again. */
    public void mend() {
        attached().forEach(transport -> transport.separate(false));
    }

    private LoopbackTransport own(Transport host) {
        if (host instanceof LoopbackTransport transport && transport.network() == this) {
            return transport;
        }
        throw new InvalidInputException("this host is not attached to this network");
    }

    NetworkObserver observer() {
        return observer;
    }

    Duration latency() {
        return latency;
    }

    /** Sends the dial on its way: to the listener's loop, or back to the dialer with a failure. */
    void route(LoopbackDial dial) {
        Endpoint target = dial.target();
        LoopbackListener listener;
        TransportFailure failure;
        synchronized (lock) {
            Map<Integer, LoopbackListener> ports = listeners.getOrDefault(target.peer(), Map.of());
            TransportFailure absent = ports.isEmpty() ? TransportFailure.NOT_FOUND : TransportFailure.REFUSED;
            failure = faults.getOrDefault(target.peer(), absent);
            listener = faults.containsKey(target.peer()) ? null : ports.get(target.port());
        }
        Route route = dial.transport().route();
        if (dial.transport().isDown()) {
            dial.answer(TransportFailure.LOCAL, Duration.ZERO);
        } else if (listener == null) {
            fail(dial, failure, route);
        } else if (route.failure() != null) {
            fail(dial, route.failure(), route);
        } else {
            listener.arrive(dial, route);
        }
    }

    private static void fail(LoopbackDial dial, TransportFailure failure, Route route) {
        if (failure != TransportFailure.TIMEOUT) {
            dial.answer(failure, route.whole());
        }
    }

    /** Whether nobody had listened there. */
    boolean register(LoopbackListener listener) {
        synchronized (lock) {
            return listeners
                            .computeIfAbsent(listener.endpoint().peer(), peer -> new HashMap<>())
                            .putIfAbsent(listener.endpoint().port(), listener)
                    == null;
        }
    }

    void remove(LoopbackListener listener) {
        PeerId peer = listener.endpoint().peer();
        synchronized (lock) {
            Map<Integer, LoopbackListener> ports = listeners.get(peer);
            if (ports != null && ports.remove(listener.endpoint().port(), listener) && ports.isEmpty()) {
                listeners.remove(peer);
            }
        }
    }

    void remove(LoopbackTransport transport) {
        synchronized (lock) {
            transports.remove(transport);
        }
    }

    private List<LoopbackTransport> attached() {
        synchronized (lock) {
            return List.copyOf(transports);
        }
    }

    /** Nobody looks. */
    private static final class Unobserved implements NetworkObserver {
        @Override
        public void delivered(NodeRuntime at, byte[] chunk) {}

        @Override
        public void dialed(NodeRuntime by, Endpoint target, @Nullable TransportFailure failure) {}
    }
}
