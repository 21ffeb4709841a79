package org.torpeer.transport.tor.internal;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.HostDialer;
import org.torpeer.api.spi.transport.ListenRequest;
import org.torpeer.api.spi.transport.Listener;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;

/** Dials through a tor's SOCKS port and listens through its onion services. */
final class TorTransport implements Transport, HostDialer {
    private static final int MAX_INBOUND = 512;

    private final TorConnection tor;
    private final TorSettings settings;
    private final Isolation isolation;
    private final OpenSockets sockets;
    private final Services services;
    private final NodeRuntime runtime;
    private volatile Socks5 socks;
    private final AtomicBoolean closed = new AtomicBoolean();

    TorTransport(TorConnection tor, TorSettings settings, NodeRuntime runtime) {
        this.tor = tor;
        this.settings = settings;
        this.socks = new Socks5(tor.socks());
        this.isolation = new Isolation(runtime.random());
        this.sockets = new OpenSockets(runtime);
        this.runtime = runtime;
        this.services = services();
    }

    private Services services() {
        Semaphore room = new Semaphore(MAX_INBOUND);
        Optional<InetSocketAddress> target = settings.serviceTarget();
        if (target.isPresent()) {
            return new ConfiguredService(settings.serviceFolder().orElseThrow(), target.get(), sockets, room, runtime);
        }
        ControlLink control = tor.control();
        return control == null ? Services.none() : new AddedServices(control, sockets, room, runtime);
    }

    /** From now on is there again after tor was lost, as soon as tor is. */
    void keepUp() {
        ControlLink control = tor.control();
        if (control != null) {
            control.keepUp(this::restore);
        }
    }

    /** A tor that started again may have another SOCKS port, and has none of our services. */
    private void restore(ControlClient control) {
        socks = new Socks5(TorConnection.socks(settings, control));
        services.restore(control);
    }

    @Override
    public CompletionStage<Connection> dial(Endpoint target, Duration timeout) {
        Deadline deadline = Deadline.after(timeout, runtime.loop());
        return inBackground(() -> {
            Socket socket = open(target.peer().toString(), target.port(), deadline);
            return sockets.adopt(socket, () -> {});
        });
    }

    @Override
    public CompletionStage<Listener> listen(ListenRequest request, Consumer<Connection> acceptor) {
        return inBackground(() -> {
            sockets.requireOpen();
            requireTor();
            return services.open(request, acceptor);
        });
    }

    @Override
    public Optional<HostDialer> hostDialer() {
        return Optional.of(this);
    }

    @Override
    public Socket connect(String host, int port, Duration timeout) {
        if (port < 1 || port > 65_535) {
            throw new InvalidInputException("a port is between 1 and 65535, not " + port);
        }
        Socket socket = open(host, port, Deadline.after(timeout, runtime.loop()));
        sockets.remove(socket);
        return socket;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            sockets.close();
            tor.close();
        }
    }

    /** A failure while our tor is lost is ours, whatever it looks like. */
    private Socket open(String host, int port, Deadline deadline) {
        sockets.requireOpen();
        requireTor();
        Attempt attempt = new Attempt();
        try {
            return socks.connect(host, port, isolation.of(host), deadline, attempt::begin);
        } catch (TransportException e) {
            attempt.end();
            sockets.requireOpen();
            requireTor();
            if (e.failure() == TransportFailure.TIMEOUT) {
                isolation.renew();
            }
            throw e;
        }
    }

    private void requireTor() {
        ControlLink control = tor.control();
        if (control != null) {
            control.requireUp();
        }
    }

    private <T> CompletionStage<T> inBackground(Supplier<? extends T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable task = () -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        };
        runtime.blocking().newThread(task).start();
        return result.minimalCompletionStage();
    }

    /** Keeps the socket of a dial where a close of the transport finds it. */
    private final class Attempt {
        private @Nullable Socket socket;

        void begin(Socket opened) {
            socket = opened;
            sockets.add(opened);
        }

        void end() {
            if (socket != null) {
                sockets.remove(socket);
            }
        }
    }
}
