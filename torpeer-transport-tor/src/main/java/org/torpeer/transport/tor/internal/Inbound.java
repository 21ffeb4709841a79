package org.torpeer.transport.tor.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.TransportException;

/** Accepts what tor forwards to a local port. */
final class Inbound implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Inbound.class);
    private static final int BACKLOG = 128;

    private final ServerSocket server;
    private final OpenSockets sockets;
    private final Semaphore room;
    private final Consumer<Connection> acceptor;
    private final NodeRuntime runtime;

    private final Object lock = new Object();
    private int open;
    private @Nullable Runnable onIdle;

    private Inbound(
            ServerSocket server,
            OpenSockets sockets,
            Semaphore room,
            Consumer<Connection> acceptor,
            NodeRuntime runtime) {
        this.server = server;
        this.sockets = sockets;
        this.room = room;
        this.acceptor = acceptor;
        this.runtime = runtime;
    }

    /**
     * @param room a permit for each connection that may be open; with none left, further ones are closed at once
     * @throws TransportException LOCAL if the address cannot be bound
     */
    static Inbound open(
            InetSocketAddress local,
            OpenSockets sockets,
            Semaphore room,
            Consumer<Connection> acceptor,
            NodeRuntime runtime) {
        try {
            ServerSocket server = new ServerSocket();
            try {
                server.bind(local, BACKLOG);
            } catch (IOException e) {
                server.close();
                throw e;
            }
            sockets.add(server);
            Inbound inbound = new Inbound(server, sockets, room, acceptor, runtime);
            runtime.blocking().newThread(inbound::accept).start();
            return inbound;
        } catch (IOException e) {
            throw Local.failure("cannot listen on " + Literal.text(local) + ": " + e.getMessage(), e);
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    @Override
    public void close() {
        Closing.quietly(server);
        sockets.remove(server);
    }

    /** Runs the action once no connection from here is open: now, or later on a thread of its own. */
    void whenIdle(Runnable action) {
        synchronized (lock) {
            if (open > 0) {
                onIdle = action;
                return;
            }
        }
        action.run();
    }

    private void opened() {
        synchronized (lock) {
            open++;
        }
    }

    private void ended() {
        room.release();
        Runnable action;
        synchronized (lock) {
            open--;
            if (open > 0 || onIdle == null) {
                return;
            }
            action = onIdle;
            onIdle = null;
        }
        runtime.blocking().newThread(action).start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                welcome(server.accept());
            } catch (IOException e) {
                if (!server.isClosed()) {
                    LOG.warn("an inbound connection failed: {}", e.getMessage());
                }
            }
        }
    }

    private void welcome(Socket socket) {
        if (!room.tryAcquire()) {
            LOG.warn("too many inbound connections are open; one more was turned away");
            Closing.quietly(socket);
            return;
        }
        opened();
        try {
            SocketConnection connection = sockets.adopt(socket, this::ended);
            try {
                acceptor.accept(connection);
            } catch (RuntimeException e) {
                LOG.error("the acceptor failed; its connection is closed", e);
                connection.close();
            }
        } catch (TransportException e) {
            LOG.debug("an inbound connection ended at once: {}", e.getMessage());
        }
    }
}
