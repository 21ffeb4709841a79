package org.torpeer.node.internal.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.runtime.EventLoop;
import org.torpeer.api.runtime.Promise;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.proto.FrameReader;

/**
 * Length-prefixed messages over a connection. Lives on the loop: every call and every callback happens there. What is
 * written and not yet handed on is bounded; a peer that does not read is dropped.
 */
public final class FrameChannel {
    static final int MAX_UNWRITTEN_BYTES = 1024 * 1024;

    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Connection connection;
    private final EventLoop loop;
    private int limit = FrameReader.BEFORE_AUTHENTICATION;
    private @Nullable Receiver receiver;
    /** While a message has begun and is not complete; a channel at rest, of which there may be many, needs none. */
    private @Nullable FrameReader reader;
    /** If somebody asked. */
    private @Nullable CompletableFuture<Void> drained;

    private boolean closed;
    private boolean released;
    private boolean ignoring;
    private int unwritten;
    private long lastReceived;
    /** Since when a message has been on its way in, or something on its way out, if there is. */
    private long incompleteSince;

    private long unwrittenSince;

    /** Where messages go. */
    public interface Receiver {
        void message(byte[] payload);

        /**
         * The other side broke the framing.
         *
         * @return whether to go on, as {@link #ignoreTheRest} has it; otherwise the channel closes
         */
        default boolean overlooks(String violation) {
            return false;
        }

        /** Called once, after which nothing else is called. */
        void closed(Ending ending);
    }

    /**
     * Why a channel ended.
     *
     * @param failure the transport's word, null if the protocol ended it
     * @param violation whether the other side broke the framing
     */
    public record Ending(String reason, @Nullable TransportFailure failure, boolean violation) {
        Ending(String reason, @Nullable TransportFailure failure) {
            this(reason, failure, false);
        }
    }

    public FrameChannel(Connection connection, EventLoop loop) {
        this.connection = connection;
        this.loop = loop;
        this.lastReceived = loop.nanoTime();
    }

    /** Starts to read. */
    public void start(Receiver first) {
        receiver = first;
        readNext();
    }

    /** Goes on with another receiver, and the limits of an authenticated session. */
    public void authenticated(Receiver next) {
        receiver = next;
        limit = FrameReader.AFTER_AUTHENTICATION;
        if (reader != null) {
            reader.limit(limit);
        }
    }

    /** Takes no more notice of what comes in, whatever it is, but that it ends; the other side cannot tell. */
    public void ignoreTheRest() {
        ignoring = true;
    }

    /** Sends a message, or drops it if the channel is closed. */
    public void send(byte[] payload) {
        if (!closed) {
            sendFramed(FrameReader.frame(payload));
        }
    }

    /** As {@link #send}, of a message that its length precedes already; nobody may change it any more. */
    void sendFramed(byte[] framed) {
        if (closed) {
            return;
        }
        if (unwritten + framed.length > MAX_UNWRITTEN_BYTES) {
            close("the peer does not read what it is sent");
            return;
        }
        CompletionStage<Void> written = connection.write(framed);
        if (handedOn(written)) {
            return;
        }
        if (unwritten == 0) {
            unwrittenSince = loop.nanoTime();
        }
        unwritten += framed.length;
        written.whenCompleteAsync(
                (done, failure) -> {
                    unwritten -= framed.length;
                    unwrittenSince = loop.nanoTime();
                    if (failure != null) {
                        close(ending(failure));
                        release();
                    } else if (closed && unwritten == 0) {
                        release();
                    }
                },
                loop);
    }

    private static boolean handedOn(CompletionStage<Void> written) {
        CompletableFuture<Void> future = written.toCompletableFuture();
        return future.isDone() && !future.isCompletedExceptionally();
    }

    /** For how long the message that is coming in has been, or what goes out next has waited; zero if there is none. */
    public Duration slowFor() {
        long now = loop.nanoTime();
        long in = reader != null ? now - incompleteSince : 0;
        long out = unwritten > 0 ? now - unwrittenSince : 0;
        return Duration.ofNanos(Math.max(in, out));
    }

    /** When bytes last came in, on the loop's monotonic time. */
    public long lastReceived() {
        return lastReceived;
    }

    public boolean isClosed() {
        return closed;
    }

    /** Completes when the channel is closed and all that was sent before was handed on, or given up. */
    public CompletionStage<Void> drained() {
        if (released) {
            return CompletableFuture.completedStage(null);
        }
        if (drained == null) {
            drained = new CompletableFuture<>();
        }
        return drained;
    }

    /** Tells the receiver at once, and closes the connection when what was sent before has been handed on. */
    public void close(String reason) {
        close(new Ending(reason, null));
    }

    private void close(Ending ending) {
        if (closed) {
            return;
        }
        closed = true;
        if (unwritten == 0) {
            release();
        } else {
            loop.schedule(DRAIN, this::release);
        }
        Receiver current = receiver;
        if (current != null) {
            current.closed(ending);
        }
    }

    private void release() {
        connection.close();
        released = true;
        if (drained != null) {
            drained.complete(null);
        }
    }

    private void readNext() {
        CompletionStage<byte[]> next = connection.read();
        if (next.toCompletableFuture().isDone()) {
            // Others have their turn before what is there already is looked at.
            next.whenCompleteAsync(this::onRead, loop);
        } else {
            // Not whenComplete, which would wrap the failure that every channel ends with for a stage that nobody looks
            // at.
            next.handle((chunk, failure) -> {
                arrived(chunk, failure);
                return null;
            });
        }
    }

    /** On any thread; a transport that brings something on the loop itself has it looked at there and then. */
    private void arrived(byte @Nullable [] chunk, @Nullable Throwable failure) {
        if (loop.isCurrent()) {
            onRead(chunk, failure);
        } else {
            loop.execute(() -> onRead(chunk, failure));
        }
    }

    private void onRead(byte @Nullable [] chunk, @Nullable Throwable failure) {
        if (closed) {
            return;
        }
        if (chunk == null) {
            close(failure == null ? new Ending("the connection ended", null) : ending(failure));
            return;
        }
        lastReceived = loop.nanoTime();
        if (!ignoring) {
            take(chunk);
        }
        if (!closed) {
            readNext();
        }
    }

    private void take(byte[] chunk) {
        FrameReader begun = reader;
        FrameReader current = begun == null ? new FrameReader(limit) : begun;
        reader = current;
        try {
            current.feed(chunk);
            if (deliver(current) || begun == null) {
                incompleteSince = lastReceived;
            }
            reader = current.midway() ? current : null;
        } catch (InvalidInputException e) {
            violated("protocol error: " + e.getMessage());
        } catch (RuntimeException | Error e) {
            // Without this a fault of ours would leave a session that reads no more and never ends.
            close("our own fault: " + e);
            throw e;
        }
    }

    private void violated(String how) {
        Receiver current = receiver;
        if (current != null && current.overlooks(how)) {
            ignoring = true;
        } else {
            close(new Ending(how, null, true));
        }
    }

    /** Whether there was any message to deliver. */
    private boolean deliver(FrameReader from) {
        byte[] payload = from.next();
        boolean any = payload != null;
        while (payload != null) {
            Receiver current = receiver;
            if (closed || ignoring || current == null) {
                return any;
            }
            current.message(payload);
            payload = closed || ignoring ? null : from.next();
        }
        return any;
    }

    private static Ending ending(Throwable failure) {
        Throwable cause = Promise.cause(failure);
        return cause instanceof TransportException known
                ? new Ending(known.failure() + ": " + known.getMessage(), known.failure())
                : new Ending(String.valueOf(cause.getMessage()), null);
    }
}
