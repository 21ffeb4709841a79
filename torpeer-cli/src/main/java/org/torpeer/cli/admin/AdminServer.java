package org.torpeer.cli.admin;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.cli.json.Json;
import org.torpeer.cli.process.PrivateFolder;
import org.torpeer.node.internal.file.Trouble;

/**
 * Takes requests for a running node at a Unix domain socket in its folder, which its owner alone can enter: one JSON
 * object a line, answered by one a line, {@code "ok"} first. Of what is not understood, the error is told and the
 * connection stays; after a line too long it is closed. A lock makes sure of one server a folder, so a socket that is
 * there was left by a process that was killed.
 */
public final class AdminServer implements AutoCloseable {
    /** Longest request in bytes. */
    static final int MAX_REQUEST_BYTES = 128 * 1024;
    /** How many may be connected at the same time. */
    static final int MAX_CLIENTS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final PrivateFolder home;
    private final AdminFiles files;
    private final FileChannel lock;
    private final ServerSocketChannel server;
    private final AdminHandler handler;
    private final NodeRuntime runtime;
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();

    private AdminServer(
            PrivateFolder home,
            AdminFiles files,
            FileChannel lock,
            ServerSocketChannel server,
            AdminHandler handler,
            NodeRuntime runtime) {
        this.home = home;
        this.files = files;
        this.lock = lock;
        this.server = server;
        this.handler = handler;
        this.runtime = runtime;
    }

    /**
     * Serves until it is closed.
     *
     * @param folder the node's; made if needed, and closed to others; gone with the server if nothing else came into it
     * @param runtime outlives the server
     * @throws TorPeerException if a node runs in the folder already, or there can be no socket
     */
    public static AdminServer open(Path folder, AdminHandler handler, NodeRuntime runtime) {
        PrivateFolder home = PrivateFolder.make(folder);
        AdminFiles files = new AdminFiles(folder);
        try {
            FileChannel lock = lock(files, folder);
            try {
                ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                server.bind(UnixDomainSocketAddress.of(files.fresh()));
                AdminServer opened = new AdminServer(home, files, lock, server, handler, runtime);
                runtime.blocking().newThread(opened::accept).start();
                return opened;
            } catch (IOException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            home.close();
            throw new TorPeerException("cannot make a socket in " + folder + ": " + Trouble.of(e), e);
        }
    }

    private static FileChannel lock(AdminFiles files, Path folder) throws IOException {
        FileChannel channel = FileChannel.open(files.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            LOG.debug("this process itself holds {}", files.lock());
        }
        if (lock == null) {
            channel.close();
            throw new TorPeerException(
                    "another node runs in " + folder + ": stop it with 'torpeer node stop', or use another folder");
        }
        return channel;
    }

    private void accept() {
        while (true) {
            try {
                SocketChannel client = server.accept();
                clients.add(client);
                runtime.blocking().newThread(() -> serve(client)).start();
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // Such as too many open files: that passes.
                LOG.warn("the administration socket fails, trying again: {}", e.getMessage());
                runtime.loop()
                        .schedule(
                                PAUSE,
                                () -> runtime.blocking().newThread(this::accept).start());
                return;
            }
        }
    }

    private void serve(SocketChannel client) {
        try (LineChannel lines = new LineChannel(client, MAX_REQUEST_BYTES)) {
            if (clients.size() > MAX_CLIENTS) {
                lines.write(error(AdminException.Type.BUSY, "too many are asking: try again"));
                return;
            }
            Optional<String> line = next(client, lines);
            while (line.isPresent()) {
                lines.write(answer(line.get()));
                line = next(client, lines);
            }
        } catch (IOException e) {
            LOG.debug("a client of the administration socket went: {}", e.getMessage());
        } finally {
            clients.remove(client);
        }
    }

    /** The next line, if it comes in time. A line that is not one is answered here, the last of its connection. */
    private Optional<String> next(SocketChannel client, LineChannel lines) throws IOException {
        Cancellable idle = runtime.loop().schedule(IDLE, () -> drop(client));
        try {
            return lines.read();
        } catch (AdminException e) {
            lines.write(error(e.type(), e.getMessage()));
            return Optional.empty();
        } finally {
            idle.cancel();
        }
    }

    private String answer(String line) {
        try {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("ok", true);
            answer.putAll(handler.answer(Json.object(line)));
            return Json.line(answer);
        } catch (AdminException e) {
            return error(e.type(), e.getMessage());
        } catch (InvalidInputException e) {
            return error(AdminException.Type.BAD_REQUEST, e.getMessage());
        } catch (TorPeerException e) {
            return error(AdminException.Type.FAILED, e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("an administration request failed unexpectedly", e);
            return error(
                    AdminException.Type.FAILED, "the node failed at it in a way nobody thought of: see what it prints");
        }
    }

    private static String error(AdminException.Type type, @Nullable String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("type", type.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        error.put("message", message == null ? "unknown" : message);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ok", false);
        answer.put("error", error);
        return Json.line(answer);
    }

    /** Takes no more requests, hangs up, and leaves no socket behind. Further calls do nothing. */
    @Override
    public void close() {
        try (FileChannel held = lock) {
            if (held.isOpen()) {
                server.close();
                files.delete();
                if (home.isNew() && files.onlyLockIn()) {
                    Files.delete(files.lock());
                }
                home.close();
            }
        } catch (IOException e) {
            LOG.warn("the administration socket cannot be deleted: {}", e.getMessage());
        }
        clients.forEach(AdminServer::drop);
    }

    private static void drop(SocketChannel client) {
        try {
            client.close();
        } catch (IOException e) {
            LOG.debug("hanging up failed: {}", e.getMessage());
        }
    }
}
