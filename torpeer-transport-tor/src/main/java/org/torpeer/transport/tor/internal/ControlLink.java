package org.torpeer.transport.tor.internal;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.TransportException;

/**
 * The control connection to a tor, made anew whenever it is lost, after a pause that grows from a second to a minute: for
 * as long as it takes, until this is closed. The connection to a tor of our own is not made anew, since such a tor ends
 * with it.
 */
final class ControlLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlLink.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LAST_PAUSE = Duration.ofMinutes(1);
    /** One signal may end tor and, a moment later, this: nothing is said of a loss before so many tries, or that time. */
    private static final int QUIET_TRIES = 2;

    private static final Duration QUIET = Duration.ofSeconds(2);

    private final @Nullable Connecting again;
    private final NodeRuntime runtime;
    private volatile ControlClient current;
    private volatile Consumer<ControlClient> restore = client -> {};

    // Under the lock of this.
    private Duration pause = FIRST_PAUSE;
    private int tries;
    private @Nullable ControlClient coming;
    private @Nullable Cancellable scheduled;
    private boolean closed;

    /** Connects to a tor and waits until it is ready. */
    @FunctionalInterface
    interface Connecting {
        /**
         * Blocks; leaves no connection behind if it throws.
         *
         * @param connected told of the connection before tor is ready, so that somebody else can end it
         * @throws TransportException with failure LOCAL if that tor cannot be had
         */
        ControlClient connect(Consumer<ControlClient> connected);
    }

    private ControlLink(ControlClient first, @Nullable Connecting again, NodeRuntime runtime) {
        this.current = first;
        this.again = again;
        this.runtime = runtime;
    }

    /** The link to a tor that runs without us and may come back after it went. */
    static ControlLink renewed(ControlClient first, Connecting again, NodeRuntime runtime) {
        return new ControlLink(first, again, runtime);
    }

    /** The link to a tor that ends with its first connection. */
    static ControlLink once(ControlClient only, NodeRuntime runtime) {
        return new ControlLink(only, null, runtime);
    }

    /**
     * From now on makes up for losses.
     *
     * @param restoring brings a tor to where it was before; blocks, and may throw as commands do: then it is all done again
     *     with another connection
     */
    void keepUp(Consumer<ControlClient> restoring) {
        restore = restoring;
        current.onEnd(this::lost);
    }

    /** The newest connection; it has ended while tor is lost. */
    ControlClient current() {
        return current;
    }

    /**
     * @throws TransportException with failure LOCAL while tor is lost
     */
    void requireUp() {
        if (current.isEnded()) {
            throw Local.failure("the control connection to tor was lost; is tor still running?");
        }
    }

    /** Ends the connection for good, and a try to make another. */
    @Override
    public void close() {
        ControlClient unfinished;
        synchronized (this) {
            closed = true;
            unfinished = coming;
            if (scheduled != null) {
                scheduled.cancel();
            }
        }
        if (unfinished != null) {
            unfinished.close();
        }
        current.close();
    }

    private synchronized void lost() {
        if (closed) {
            return;
        }
        if (again == null) {
            scheduled = runtime.loop().schedule(QUIET, this::tellEnd);
        } else {
            tryLater();
        }
    }

    private synchronized void tellEnd() {
        if (!closed) {
            LOG.error("the tor of this node has ended, and our onion services with it: start the node again");
        }
    }

    private synchronized void tryLater() {
        coming = null;
        if (closed) {
            return;
        }
        scheduled = runtime.loop()
                .schedule(
                        pause,
                        () -> runtime.blocking().newThread(this::tryAgain).start());
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : doubled;
    }

    private void tryAgain() {
        ControlClient client = null;
        try {
            client = connect();
            adopt(client);
            restore.accept(client);
        } catch (RuntimeException e) {
            if (client != null) {
                client.close();
            }
            failed(e);
            return;
        }
        restored();
        client.onEnd(this::lost);
    }

    private ControlClient connect() {
        if (again == null) {
            throw new IllegalStateException("this link is not renewed");
        }
        return again.connect(this::coming);
    }

    private synchronized void coming(ControlClient client) {
        coming = client;
        refuseIfClosed(client);
    }

    private synchronized void adopt(ControlClient client) {
        coming = null;
        current = client;
        refuseIfClosed(client);
    }

    private void refuseIfClosed(ControlClient client) {
        if (closed) {
            client.close();
            throw Local.failure("the transport was closed");
        }
    }

    private synchronized void failed(RuntimeException failure) {
        LOG.debug("tor is not back yet: {}", failure.getMessage());
        if (++tries == QUIET_TRIES && !closed) {
            LOG.warn("tor was lost, and our onion services with it; they come back as soon as it does");
        }
        tryLater();
    }

    private synchronized void restored() {
        if (tries >= QUIET_TRIES) {
            LOG.warn("tor is back, and our onion services with it");
        }
        tries = 0;
        pause = FIRST_PAUSE;
    }
}
