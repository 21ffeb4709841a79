package org.torpeer.transport.tor.internal;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
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

/** Onion services added over the control port; each lives until it is closed, and is added again to a tor that came back. */
final class AddedServices implements Services {
    private static final Logger LOG = LoggerFactory.getLogger(AddedServices.class);
    /** On the public network publication takes some seconds to a minute. */
    private static final Duration PUBLICATION_TIMEOUT = Duration.ofSeconds(90);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final ControlLink link;
    private final OpenSockets sockets;
    private final Semaphore room;
    private final NodeRuntime runtime;
    private final Set<PeerId> present = ConcurrentHashMap.newKeySet();
    /** What is to be there, and the connection over which tor was last told of it; its lock is held meanwhile. */
    private final Map<Service, ControlClient> running = new LinkedHashMap<>();

    private final Set<PeerId> lingering = ConcurrentHashMap.newKeySet();

    private record Service(ListenRequest request, InetSocketAddress local) {
        PeerId id() {
            return request.key().id();
        }

        String serviceId() {
            return id().address().serviceId();
        }

        Map<Integer, InetSocketAddress> ports() {
            Map<Integer, InetSocketAddress> ports = new TreeMap<>(request.forwards());
            ports.put(request.port(), local);
            return ports;
        }
    }

    AddedServices(ControlLink link, OpenSockets sockets, Semaphore room, NodeRuntime runtime) {
        this.link = link;
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
            Service service = new Service(request, inbound.address());
            bringUp(service);
            up = true;
            return new ServiceListener(request.endpoint(), ending(service, inbound));
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
    private Runnable ending(Service service, Inbound inbound) {
        PeerId id = service.id();
        return () -> {
            synchronized (running) {
                running.remove(service);
                lingering.add(id);
            }
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

    @Override
    public void restore(ControlClient control) {
        Map<Service, Publication> added = new LinkedHashMap<>();
        List<Runnable> following = new ArrayList<>();
        try {
            synchronized (running) {
                lingering.clear();
                for (Map.Entry<Service, ControlClient> each : running.entrySet()) {
                    if (each.getValue() != control) {
                        Service service = each.getKey();
                        Publication publication = new Publication(service.serviceId());
                        following.add(control.listen(publication::notice));
                        add(control, service);
                        each.setValue(control);
                        added.put(service, publication);
                    }
                }
            }
            added.forEach((service, publication) -> awaitPublished(control, service.id(), publication));
        } finally {
            following.forEach(Runnable::run);
        }
    }

    private void bringUp(Service service) {
        ControlClient control = link.current();
        Publication publication = new Publication(service.serviceId());
        Runnable following = control.listen(publication::notice);
        try {
            synchronized (running) {
                add(control, service);
                running.put(service, control);
            }
            awaitPublished(control, service.id(), publication);
        } catch (RuntimeException e) {
            withdraw(service);
            throw e;
        } finally {
            following.run();
        }
    }

    private void withdraw(Service service) {
        synchronized (running) {
            if (running.remove(service) != null) {
                delete(service.serviceId());
            }
        }
    }

    private void add(ControlClient control, Service service) {
        PeerId id = service.id();
        String added = control.addOnion(encoded(service.request().key()), service.ports());
        if (!added.equals(service.serviceId())) {
            delete(added);
            throw Local.failure("the key of " + id + " is that of " + added + " to tor: it is inconsistent");
        }
    }

    private void awaitPublished(ControlClient control, PeerId id, Publication publication) {
        Deadline deadline = Deadline.after(PUBLICATION_TIMEOUT, runtime.loop());
        while (!publication.isDone() && present.contains(id)) {
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
        ControlClient control = link.current();
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
