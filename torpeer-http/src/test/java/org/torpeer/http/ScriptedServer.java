package org.torpeer.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.torpeer.api.spi.transport.HostDialer;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;

/** A server of scripted answers on loopback, and a dialer that leads every name to it. */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Script script;
    private final List<String> names = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** What is done with a connection, which is closed after it. */
    interface Script {
        void serve(Socket socket) throws IOException;
    }

    private ScriptedServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
    }

    static ScriptedServer of(Script script) throws IOException {
        return of(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
    }

    static ScriptedServer of(ServerSocket listener, Script script) {
        ScriptedServer server = new ScriptedServer(listener, script);
        start(server::accept);
        return server;
    }

    static ScriptedServer answering(byte[] answer) throws IOException {
        return of(socket -> {
            request(socket);
            socket.getOutputStream().write(answer);
        });
    }

    static ScriptedServer answering(String answer) throws IOException {
        return answering(answer.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads a request's line and header fields. */
    static String request(Socket socket) throws IOException {
        StringBuilder request = new StringBuilder();
        for (String line = line(socket); !line.isEmpty(); line = line(socket)) {
            request.append(line).append('\n');
        }
        return request.toString();
    }

    /** Connects to this server whatever the name, and keeps the name. */
    HostDialer dialer() {
        return (host, port, timeout) -> {
            names.add(host + " " + port);
            try {
                return new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
            } catch (IOException e) {
                throw new TransportException(TransportFailure.UNREACHABLE, "the test's server is gone", e);
            }
        };
    }

    int port() {
        return listener.getLocalPort();
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** The names and ports dialed, in order. */
    List<String> names() {
        return names;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.serve(socket);
            socket.shutdownOutput();
            // So that the close is not a reset that overtakes the answer.
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The client went away, as clients do.
        }
    }

    private static String line(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n' && next != -1; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }
}
