package org.torpeer.transport.tor.internal;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerId;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.ListenRequest;
import org.torpeer.api.spi.transport.Listener;
import org.torpeer.api.spi.transport.TransportException;

/** Onion services added over the control port; each lives until it is closed or the control connection ends. */
final class AddedServices implements Services {
    private static final Logger LOG = LoggerFactory.getLogger(AddedServices.class);
    /** On the public network publication takes some seconds to a minute. */
    private static final Duration PUBLICATION_TIMEOUT = Duration.ofSeconds(90);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final ControlClient control;
    private final OpenSockets sockets;
    private final Semaphore room;
    private final NodeRuntime runtime;
    private final Set<PeerId> present = ConcurrentHashMap.newKeySet();
    private final Set<PeerId> lingering = ConcurrentHashMap.newKeySet();

    AddedServices(ControlClient control, OpenSockets sockets, Semaphore room, NodeRuntime runtime) {
        this.control = control;
        this.sockets = sockets;
        this.room = room;
        this.runtime = runtime;
    }

    @Override
    public Listener open(ListenRequest request, Consumer<Connection> acceptor) {
        PeerId id = request.key().id();
        if (request.forwards().containsKey(request.port())) {
            throw Local.failure("port " + request.port() + " is TorPeer's own and cannot be forwarded too");
        }
        if (!present.add(id)) {
            throw Local.failure(id + " is listening already; close that listener first");
        }
        boolean up = false;
        Inbound inbound = null;
        try {
            removeLingering(id);
            inbound = Inbound.open(Literal.loopback(0), sockets, room, acceptor, runtime);
            add(request, inbound.address());
            up = true;
            return new ServiceListener(request.endpoint(), ending(id, inbound));
        } finally {
            if (!up) {
                if (inbound != null) {
                    inbound.close();
                }
                present.remove(id);
            }
        }
    }

    /**
     * Takes no more connections at once, but lets Tor forget the service only after the last one ended: a peer that dials
     * a forgotten service over the circuit of an open connection makes Tor close that circuit.
     */
    private Runnable ending(PeerId id, Inbound inbound) {
        return () -> {
            lingering.add(id);
            present.remove(id);
            inbound.close();
            inbound.whenIdle(() -> removeLingering(id));
        };
    }

    private void removeLingering(PeerId id) {
        if (lingering.remove(id)) {
            delete(id.address().serviceId());
        }
    }

    private void add(ListenRequest request, InetSocketAddress local) {
        Map<Integer, InetSocketAddress> ports = new TreeMap<>(request.forwards());
        ports.put(request.port(), local);
        PeerId id = request.key().id();
        Publication publication = new Publication(id.address().serviceId());
        Runnable following = control.listen(publication::notice);
        try {
            String added = control.addOnion(encoded(request.key()), ports);
            try {
                if (!added.equals(id.address().serviceId())) {
                    throw Local.failure("the key of " + id + " is that of " + added + " to tor: it is inconsistent");
                }
                awaitPublished(id, publication);
            } catch (RuntimeException e) {
                delete(added);
                throw e;
            }
        } finally {
            following.run();
        }
    }

    private void awaitPublished(PeerId id, Publication publication) {
        Deadline deadline = Deadline.after(PUBLICATION_TIMEOUT, runtime.loop());
        while (!publication.isDone()) {
            if (deadline.passed()) {
                LOG.warn(
                        "{} may not be reachable yet: after {} s {}", id, PUBLICATION_TIMEOUT.toSeconds(), publication);
                return;
            }
            control.pause(LOOK_EVERY);
        }
    }

    /** If the control connection is gone, so is the service. */
    private void delete(String serviceId) {
        if (control.isEnded()) {
            return;
        }
        try {
            control.delOnion(serviceId);
        } catch (TransportException e) {
            LOG.debug("{} was gone already: {}", serviceId, e.getMessage());
        }
    }

    private static String encoded(OnionKey key) {
        byte[] expanded = key.expanded();
        try {
            return Base64.getEncoder().encodeToString(expanded);
        } finally {
            Arrays.fill(expanded, (byte) 0);
        }
    }
}
