package org.torpeer.transport.tor.internal;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.OperationCancelledException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.TransportException;

/**
 * A tor of our own. It ends with us however we end: an orderly {@link #close} waits for it, and after a kill it notices
 * that its owning control connection is gone (at once) or its owning process is (within 15 s).
 */
public final class TorProcess implements AutoCloseable {
    private static final Duration ATTACH_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(5);
    private static final int LOG_TAIL_BYTES = 2048;
    private static final int LOG_TAIL_LINES = 4;

    private final String name;
    private final Path folder;
    private final Process process;
    private final NodeRuntime runtime;
    private volatile @Nullable ControlClient control;
    private volatile @Nullable InetSocketAddress controlAddress;

    private TorProcess(String name, Path folder, Process process, NodeRuntime runtime) {
        this.name = name;
        this.folder = folder;
        this.process = process;
        this.runtime = runtime;
    }

    /**
     * Starts a tor; {@link #attach} makes it usable.
     *
     * @param folder its data folder; made if missing
     * @param torrc what to configure beside data folder, control port and ownership
     * @throws TransportException with failure LOCAL if it cannot be started
     */
    public static TorProcess start(TorBinary binary, Path folder, Torrc torrc, NodeRuntime runtime) {
        String name = String.valueOf(folder.getFileName());
        try {
            Folders.makePrivate(folder);
            Files.deleteIfExists(portFile(folder));
            Path file = folder.resolve("torrc");
            Files.write(file, configuration(folder, torrc).lines());
            ProcessBuilder builder = new ProcessBuilder(
                            binary.executable().toString(),
                            "--defaults-torrc",
                            "/dev/null",
                            "-f",
                            file.toAbsolutePath().toString())
                    .directory(folder.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(log(folder).toFile());
            builder.environment().putAll(binary.environment());
            return new TorProcess(name, folder, builder.start(), runtime);
        } catch (IOException e) {
            throw Local.failure(binary.executable() + " cannot be started: " + e.getMessage(), e);
        }
    }

    private static Torrc configuration(Path folder, Torrc torrc) {
        return new Torrc()
                .path("DataDirectory", folder)
                .set("ControlPort", "127.0.0.1:auto")
                .path("ControlPortWriteToFile", portFile(folder))
                .set("CookieAuthentication", "1")
                .path("CookieAuthFile", folder.resolve("control_auth_cookie"))
                .set(
                        "__OwningControllerProcess",
                        Long.toString(ProcessHandle.current().pid()))
                .set("Log", "notice stdout")
                .all(torrc.lines());
    }

    /**
     * Waits for the control port and takes ownership.
     *
     * @throws TransportException with failure LOCAL if tor ends or cannot be controlled; the message has the end of its
     *     log
     */
    public void attach() {
        try {
            ControlClient client = connect(Deadline.after(ATTACH_TIMEOUT, runtime.loop()));
            control = client;
            client.takeOwnership();
            client.setEvents(List.of("STATUS_GENERAL", "STATUS_CLIENT", "HS_DESC"));
        } catch (TransportException e) {
            throw withLog(e);
        }
    }

    /** Tor names its control port a moment before it answers there. */
    private ControlClient connect(Deadline deadline) {
        InetSocketAddress address = awaitControlAddress(deadline);
        controlAddress = address;
        while (true) {
            try {
                return ControlClient.connect(
                        address, ControlCredentials.of("", cookie().toString()), CONNECT_TIMEOUT, runtime);
            } catch (TransportException e) {
                if (deadline.passed() || !process.isAlive()) {
                    throw e;
                }
                pause();
            }
        }
    }

    /**
     * Waits until this tor has joined its network.
     *
     * @throws TransportException as {@link Bootstrap#await}
     */
    public void awaitBootstrap(Duration patience, Consumer<BootstrapPhase> progress) {
        try {
            new Bootstrap(control(), runtime.loop()).await(patience, progress);
        } catch (TransportException e) {
            throw withLog(e);
        }
    }

    /**
     * @throws IllegalStateException before {@link #attach}
     */
    public ControlClient control() {
        ControlClient client = control;
        if (client == null) {
            throw new IllegalStateException("attach first");
        }
        return client;
    }

    public InetSocketAddress controlAddress() {
        InetSocketAddress address = controlAddress;
        if (address == null) {
            throw new IllegalStateException("attach first");
        }
        return address;
    }

    public Path cookie() {
        return folder.resolve("control_auth_cookie").toAbsolutePath();
    }

    public long pid() {
        return process.pid();
    }

    /** Asks it to end without waiting for that. */
    public void terminate() {
        process.destroy();
    }

    /** Ends it and waits until it is gone. Further calls do nothing. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        process.destroy();
        interrupted |= !awaitEnd();
        process.destroyForcibly();
        interrupted |= !awaitEnd();
        ControlClient client = control;
        if (client != null) {
            client.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether the wait went undisturbed. */
    private boolean awaitEnd() {
        try {
            process.waitFor(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private InetSocketAddress awaitControlAddress(Deadline deadline) {
        while (true) {
            try {
                if (Files.exists(portFile(folder))) {
                    String text = Files.readString(portFile(folder)).strip();
                    if (text.startsWith("PORT=")) {
                        return Literal.parse(text.substring("PORT=".length()), "tor's control port");
                    }
                }
            } catch (IOException e) {
                throw Local.failure("tor's control port file cannot be read: " + e.getMessage(), e);
            }
            if (!process.isAlive()) {
                throw Local.failure("tor ended at once, with status " + process.exitValue());
            }
            if (deadline.passed()) {
                throw Local.failure("tor opened no control port in " + ATTACH_TIMEOUT.toSeconds() + " s");
            }
            pause();
        }
    }

    /** Ends early if tor does. */
    private void pause() {
        try {
            process.waitFor(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("interrupted while waiting for tor");
        }
    }

    private TransportException withLog(TransportException failure) {
        return Local.failure(name + ": " + failure.getMessage() + "; its log ends: " + logTail(), failure);
    }

    private String logTail() {
        try (RandomAccessFile log = new RandomAccessFile(log(folder).toFile(), "r")) {
            long from = Math.max(0, log.length() - LOG_TAIL_BYTES);
            byte[] tail = new byte[(int) (log.length() - from)];
            log.seek(from);
            log.readFully(tail);
            List<String> lines =
                    new String(tail, StandardCharsets.UTF_8).lines().toList();
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(unreadable: " + e.getMessage() + ")";
        }
    }

    private static Path portFile(Path folder) {
        return folder.resolve("control_port");
    }

    private static Path log(Path folder) {
        return folder.resolve("tor.log");
    }
}
