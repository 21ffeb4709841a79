package org.torpeer.transport.tor.internal;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.TransportException;

/** The sockets of one transport, those still being connected and those that are connections, so that its close ends them. */
final class OpenSockets {
    private final NodeRuntime runtime;
    private final Set<Socket> dialing = ConcurrentHashMap.newKeySet();
    private final Set<SocketConnection> connections = ConcurrentHashMap.newKeySet();
    private final Set<ServerSocket> servers = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    OpenSockets(NodeRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * @throws TransportException LOCAL if the transport is closed
     */
    void requireOpen() {
        if (closed) {
            throw Local.failure("the transport is closed");
        }
    }

    void add(Socket socket) {
        dialing.add(socket);
        if (closed) {
            Closing.quietly(socket);
        }
    }

    void add(ServerSocket server) {
        servers.add(server);
        if (closed) {
            Closing.quietly(server);
        }
    }

    void remove(ServerSocket server) {
        servers.remove(server);
    }

    /** For a socket that failed or became its caller's. */
    void remove(Socket socket) {
        dialing.remove(socket);
    }

    /**
     * Makes a connection of a socket, whose close is from then on the connection's.
     *
     * @param released run once, when the socket is closed
     * @throws TransportException LOCAL if the transport is closed or the socket broken
     */
    SocketConnection adopt(Socket socket, Runnable released) {
        SocketConnection connection = new SocketConnection(socket, runtime, ended -> {
            connections.remove(ended);
            released.run();
        });
        connections.add(connection);
        dialing.remove(socket);
        try {
            socket.setTcpNoDelay(true);
            connection.begin();
            requireOpen();
            return connection;
        } catch (IOException e) {
            connection.close();
            throw Local.failure("the connection broke at once: " + e.getMessage(), e);
        } catch (TransportException e) {
            connection.close();
            throw e;
        }
    }

    void close() {
        closed = true;
        servers.forEach(Closing::quietly);
        dialing.forEach(Closing::quietly);
        List.copyOf(connections).forEach(SocketConnection::close);
    }
}
