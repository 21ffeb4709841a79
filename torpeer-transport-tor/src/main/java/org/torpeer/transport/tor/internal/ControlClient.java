package org.torpeer.transport.tor.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import net.freehaven.tor.control.NullEventHandler;
import net.freehaven.tor.control.TorControlConnection;
import net.freehaven.tor.control.TorControlException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.OperationCancelledException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.TransportException;

/**
 * An authenticated control connection. Safe for several threads, except that listeners must not call commands: they run
 * on the thread that reads the replies.
 *
 * <p>The library underneath knows no time-outs, and one lost reply blocks it for good. Hence every command runs on a
 * thread of its own, is waited for a bounded time, and a command that is late closes the connection.
 *
 * <p>Every command throws {@link TransportException} with failure LOCAL if tor refuses it, does not answer in time, or
 * the connection has ended.
 */
public final class ControlClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlClient.class);
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(15);

    private final Socket socket;
    private final NodeRuntime runtime;
    private final TorControlConnection connection;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Set<Runnable> abandoning = ConcurrentHashMap.newKeySet();
    private final List<BiConsumer<String, String>> listeners = new CopyOnWriteArrayList<>();

    private ControlClient(Socket socket, NodeRuntime runtime) throws IOException {
        this.socket = socket;
        this.runtime = runtime;
        this.connection = new TorControlConnection(new Watched(socket.getInputStream()), socket.getOutputStream());
    }

    /**
     * Connects and authenticates.
     *
     * @throws TransportException with failure LOCAL if that fails
     */
    public static ControlClient connect(
            InetSocketAddress address, ControlCredentials credentials, Duration timeout, NodeRuntime runtime) {
        Deadline deadline = Deadline.after(timeout, runtime.loop());
        Socket socket = new Socket(Proxy.NO_PROXY);
        boolean connected = false;
        try {
            socket.connect(address, deadline.socketTimeout());
            credentials.authenticate(new ControlWire(socket, deadline), runtime.random());
            socket.setSoTimeout(0);
            ControlClient client = new ControlClient(socket, runtime);
            client.begin();
            connected = true;
            return client;
        } catch (IOException e) {
            throw Local.failure("no control of the tor at " + Literal.text(address) + ": " + e.getMessage(), e);
        } finally {
            if (!connected) {
                Closing.quietly(socket);
            }
        }
    }

    private void begin() {
        connection.setEventHandler(new NullEventHandler() {
            @Override
            public void unrecognized(String type, String message) {
                tell(type, message);
            }
        });
        connection.launchThread(true);
    }

    /** Runs the action when the connection has ended, for whatever reason, or at once if it has. */
    public void onEnd(Runnable action) {
        CompletionStage<Void> unused = ended.thenRun(action);
    }

    public boolean isEnded() {
        return ended.isDone();
    }

    /**
     * Waits, as a pause between two looks at something.
     *
     * @throws TransportException with failure LOCAL as soon as the connection ends
     */
    public void pause(Duration duration) {
        try {
            ended.get(duration.toMillis(), TimeUnit.MILLISECONDS);
            throw lost();
        } catch (TimeoutException e) {
            return;
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    public String getInfo(String key) {
        plain(key);
        return call("GETINFO " + key, () -> connection.getInfo(key));
    }

    public void takeOwnership() {
        run("TAKEOWNERSHIP", connection::takeOwnership);
    }

    /** From now on tells listeners of these events; any set before are replaced. */
    public void setEvents(List<String> events) {
        events.forEach(ControlClient::plain);
        run("SETEVENTS", () -> connection.setEvents(events));
    }

    /**
     * @param listener gets an event's type and the rest of its line, on the reading thread; must not call commands
     * @return ends it
     */
    public Runnable listen(BiConsumer<String, String> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /**
     * Adds an onion service that lives as long as this connection.
     *
     * @param key the expanded key in base64
     * @param ports local addresses by virtual port
     * @return the service's id
     */
    public String addOnion(String key, Map<Integer, InetSocketAddress> ports) {
        plain(key);
        Map<Integer, String> targets = new TreeMap<>();
        ports.forEach((port, target) -> targets.put(port, Literal.text(target)));
        // The flags are DiscardPK and Detach, in this order: the control port need not show the key again, and a
        // service that
        // stayed behind a killed node would keep its successor from coming up.
        Map<String, String> reply =
                call("ADD_ONION", () -> connection.addOnion("ED25519-V3:" + key, targets, true, false));
        return reply.getOrDefault(TorControlConnection.HS_ADDRESS, "");
    }

    public void delOnion(String serviceId) {
        plain(serviceId);
        run("DEL_ONION", () -> connection.delOnion(serviceId));
    }

    /** Ends the connection, and with it the services it added; commands under way fail. */
    @Override
    public void close() {
        Closing.quietly(socket);
        ended.complete(null);
        abandoning.forEach(Runnable::run);
    }

    private void tell(String type, String message) {
        for (BiConsumer<String, String> listener : listeners) {
            try {
                listener.accept(type, message);
            } catch (RuntimeException e) {
                LOG.error("a listener of tor's {} events failed", type, e);
            }
        }
    }

    private interface Command<T> {
        T run() throws IOException;
    }

    private interface Action {
        void run() throws IOException;
    }

    private void run(String name, Action action) {
        call(name, () -> {
            action.run();
            return true;
        });
    }

    private <T> T call(String name, Command<T> command) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable abandon = () -> result.completeExceptionally(lost());
        abandoning.add(abandon);
        if (isEnded()) {
            abandoning.remove(abandon);
            throw lost();
        }
        runtime.blocking().newThread(() -> complete(result, command)).start();
        try {
            return result.get(COMMAND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            close();
            throw Local.failure("tor did not answer " + name + " in " + COMMAND_TIMEOUT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (ExecutionException e) {
            throw failure(name, Objects.requireNonNullElse(e.getCause(), e));
        } finally {
            abandoning.remove(abandon);
        }
    }

    private static <T> void complete(CompletableFuture<T> result, Command<T> command) {
        try {
            result.complete(command.run());
        } catch (IOException | RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private TransportException failure(String name, Throwable cause) {
        if (cause instanceof TransportException known) {
            return known;
        }
        if (cause instanceof TorControlException refusal) {
            return Local.failure("tor refused " + name + ": " + refusal.getMessage(), refusal);
        }
        close();
        return Local.failure(name + " failed: " + cause.getMessage(), cause);
    }

    private static TransportException lost() {
        return Local.failure("the control connection to tor was lost; is tor still running?");
    }

    private static OperationCancelledException interrupted() {
        Thread.currentThread().interrupt();
        return new OperationCancelledException("interrupted while waiting for tor");
    }

    /** The library joins arguments into a line unchecked; what could begin another line or word stays out. */
    private static void plain(String argument) {
        if (argument.isEmpty() || argument.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || c == '"' || c == '\\')) {
            throw new InvalidInputException("an argument of a control command has printable ASCII characters only,"
                    + " without space, quote or backslash");
        }
    }

    /** Notices the end of the stream, which the library does not always report. */
    private final class Watched extends FilterInputStream {
        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                int count = super.read(into, offset, length);
                if (count < 0) {
                    close();
                }
                return count;
            } catch (IOException e) {
                close();
                throw e;
            }
        }

        @Override
        public void close() {
            ControlClient.this.close();
        }
    }
}
