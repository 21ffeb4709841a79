package org.torpeer.transport.tor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.Operation;
import org.torpeer.api.OperationTimeoutException;
import org.torpeer.api.Progress;
import org.torpeer.api.runtime.Background;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.transport.tor.internal.LabFolder;
import org.torpeer.transport.tor.internal.LabNetwork;
import org.torpeer.transport.tor.internal.TorBinary;
import org.torpeer.transport.tor.internal.TorProcess;

/**
 * A private Tor network on loopback addresses: directory authorities, relays and clients, all processes of this machine,
 * with real onion services and no internet. Starts in about 12 s, takes about 10 MB a tor.
 *
 * <p>Every tor ends with this process, however it ends; after a kill within some 20 s.
 */
public final class TorLab implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TorLab.class);
    private static final int ATTEMPTS = 3;
    private static final Duration SIGNAL_TIME = Duration.ofSeconds(1);

    private final LabFolder folder;
    private final LabNetwork network;
    private final List<TorLabClient> clients;
    private final AtomicBoolean closed = new AtomicBoolean();

    private TorLab(LabFolder folder, LabNetwork network) {
        this.folder = folder;
        this.network = network;
        this.clients = network.clients().stream()
                .map(tor -> new TorLabClient(LabNetwork.socks(tor), tor.controlAddress(), tor.pid()))
                .toList();
    }

    /**
     * Starts a lab. A start that does not come up in time is given up and made anew with other keys and ports, three times
     * at most. Cancelling ends what was started, and is over when that has ended and the folder is deleted.
     *
     * @param runtime outlives the lab
     * @throws InvalidInputException at once, if the folder holds something else, or another lab runs in it
     * @return completes when all clients are ready; fails with {@link TransportException}, failure LOCAL, if there is no
     *     tor to start or no start came up
     */
    public static Operation<TorLab> start(TorLabOptions options, NodeRuntime runtime) {
        LabFolder folder = LabFolder.claim(options.folder());
        return Background.start(runtime, progress -> {
            boolean up = false;
            try {
                TorLab lab = start(options, folder, runtime, progress);
                up = true;
                return lab;
            } finally {
                if (!up) {
                    release(folder);
                }
            }
        });
    }

    private static TorLab start(
            TorLabOptions options, LabFolder folder, NodeRuntime runtime, Consumer<Progress> progress) {
        Path chosen = options.tor();
        TorBinary binary = chosen == null ? TorBinary.packaged(folder.path().resolve("tor")) : TorBinary.at(chosen);
        for (int attempt = 1; ; attempt++) {
            Path files = folder.path().resolve("network" + attempt);
            try {
                return new TorLab(folder, LabNetwork.start(binary, files, options.clients(), runtime, progress));
            } catch (TransportException e) {
                if (attempt == ATTEMPTS) {
                    throw new TransportException(
                            e.failure(),
                            "the lab did not come up in " + ATTEMPTS + " starts; the last one: " + e.getMessage(),
                            e);
                }
                requireWanted();
                LOG.debug("start {} of the lab failed, starting anew: {}", attempt, e.getMessage());
                progress.accept(new Progress("restart", 0, "start " + attempt + " failed: " + e.getMessage()));
            }
        }
    }

    /**
     * A signal to the whole group, as Ctrl-C is, may have ended the tors before it comes to whoever cancels, and so interrupts
     * the wait.
     */
    private static void requireWanted() {
        try {
            new Promise<>().await(SIGNAL_TIME);
        } catch (OperationTimeoutException e) {
            LOG.debug("nobody has cancelled");
        }
    }

    /** The clients, as many as were asked for. */
    public List<TorLabClient> clients() {
        return clients;
    }

    /** The processes of all tors, clients or not. */
    public List<Long> pids() {
        return Stream.concat(network.authorities().stream(), network.clients().stream())
                .map(TorProcess::pid)
                .toList();
    }

    /**
     * Ends all tors, waits for that, and deletes the folder. Further calls do nothing.
     *
     * @throws TransportException with failure LOCAL if the folder cannot be deleted; the tors have ended all the same
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            network.close();
            release(folder);
        }
    }

    private static void release(LabFolder folder) {
        try {
            folder.close();
        } catch (IOException e) {
            throw new TransportException(
                    TransportFailure.LOCAL, "the lab's folder " + folder.path() + " cannot be deleted; delete it", e);
        }
    }
}
