package org.torpeer.transport.tor.internal;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;

/**
 * A connected socket to our own tor, with one thread that reads when asked and one that writes what is queued. Stages
 * complete on these threads.
 *
 * <p>Tor has no half-closed streams: our end of output ends both directions. So a close ends the output, which leaves what
 * the system holds to be sent, and takes in what still comes for a moment: closing with unread input would reset the
 * connection and could lose what was sent.
 */
final class SocketConnection implements Connection {
    private static final int MAX_UNSENT_BYTES = 16 << 20;
    private static final Duration LINGER = Duration.ofSeconds(3);
    private static final End CLOSED_HERE = new End(TransportFailure.LOCAL, "the connection was closed on our side");
    private static final End CLOSED_THERE = new End(TransportFailure.CLOSED, "the other side closed the connection");

    private record End(TransportFailure failure, String message) {
        TransportException exception() {
            return new TransportException(failure, message);
        }
    }

    private record Write(byte[] bytes, CompletableFuture<Void> done) {}

    private final Socket socket;
    private final NodeRuntime runtime;
    private final Consumer<SocketConnection> released;
    private final AtomicBoolean isReleased = new AtomicBoolean();

    private final Object lock = new Object();
    private final Deque<Write> queue = new ArrayDeque<>();
    private long unsent;
    private @Nullable CompletableFuture<byte[]> reading;
    private @Nullable End inputEnd;
    private @Nullable End outputEnd;

    /**
     * @param released told once, when the socket is closed
     */
    SocketConnection(Socket socket, NodeRuntime runtime, Consumer<SocketConnection> released) {
        this.socket = socket;
        this.runtime = runtime;
        this.released = released;
    }

    void begin() {
        runtime.blocking().newThread(this::readOnDemand).start();
        runtime.blocking().newThread(this::writeQueued).start();
    }

    @Override
    public CompletionStage<byte[]> read() {
        synchronized (lock) {
            if (inputEnd != null) {
                return CompletableFuture.failedStage(inputEnd.exception());
            }
            if (reading != null) {
                throw new IllegalStateException("the read before has not completed");
            }
            CompletableFuture<byte[]> asked = new CompletableFuture<>();
            reading = asked;
            lock.notifyAll();
            return asked.minimalCompletionStage();
        }
    }

    @Override
    public CompletionStage<Void> write(byte[] bytes) {
        boolean overflow;
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (lock) {
            if (outputEnd != null) {
                return CompletableFuture.failedStage(outputEnd.exception());
            }
            overflow = unsent + bytes.length > MAX_UNSENT_BYTES && unsent > 0;
            if (!overflow) {
                unsent += bytes.length;
                queue.add(new Write(bytes, done));
                lock.notifyAll();
            }
        }
        if (overflow) {
            close();
            return CompletableFuture.failedStage(new TransportException(
                    TransportFailure.LOCAL,
                    "more than " + MAX_UNSENT_BYTES + " bytes wait to be sent; wait for writes to complete"));
        }
        return done.minimalCompletionStage();
    }

    @Override
    public void close() {
        boolean outputEnds = endOutput(CLOSED_HERE);
        boolean inputEnds = endInput(CLOSED_HERE);
        if (!outputEnds && !inputEnds) {
            return;
        }
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            release();
            return;
        }
        runtime.loop().schedule(LINGER, this::release);
    }

    private void readOnDemand() {
        byte[] buffer = new byte[MAX_CHUNK_BYTES];
        End end = CLOSED_THERE;
        try {
            while (awaitRead()) {
                int count = socket.getInputStream().read(buffer);
                if (count < 0) {
                    break;
                }
                deliver(Arrays.copyOf(buffer, count));
            }
            if (isClosedHere()) {
                discard(buffer);
            }
        } catch (IOException e) {
            end = lost(e);
        } catch (InterruptedException e) {
            end = CLOSED_HERE;
        }
        // Output first: who has seen the end by reading must not be told that a later write was handed on.
        endOutput(end);
        endInput(end);
        release();
    }

    private void discard(byte[] buffer) throws IOException {
        int count;
        do {
            count = socket.getInputStream().read(buffer);
        } while (count >= 0);
    }

    private void writeQueued() {
        try {
            for (Write next = awaitWrite(); next != null; next = awaitWrite()) {
                try {
                    socket.getOutputStream().write(next.bytes());
                } catch (IOException e) {
                    endOutput(lost(e));
                    next.done().completeExceptionally(outputFailure());
                    return;
                }
                sent(next);
            }
        } catch (InterruptedException e) {
            endOutput(CLOSED_HERE);
        }
    }

    /** Waits until somebody wants to read; false if nobody ever will. */
    private boolean awaitRead() throws InterruptedException {
        synchronized (lock) {
            while (reading == null && inputEnd == null) {
                lock.wait();
            }
            return inputEnd == null;
        }
    }

    private void deliver(byte[] chunk) {
        CompletableFuture<byte[]> asked;
        synchronized (lock) {
            asked = reading;
            reading = null;
        }
        if (asked != null) {
            asked.complete(chunk);
        }
    }

    private @Nullable Write awaitWrite() throws InterruptedException {
        synchronized (lock) {
            while (queue.isEmpty() && outputEnd == null) {
                lock.wait();
            }
            return queue.poll();
        }
    }

    private void sent(Write write) {
        synchronized (lock) {
            unsent -= write.bytes().length;
        }
        write.done().complete(null);
    }

    /** Returns whether it had not ended before. */
    private boolean endInput(End end) {
        CompletableFuture<byte[]> asked;
        synchronized (lock) {
            if (inputEnd != null) {
                return false;
            }
            inputEnd = end;
            asked = reading;
            reading = null;
            lock.notifyAll();
        }
        if (asked != null) {
            asked.completeExceptionally(end.exception());
        }
        return true;
    }

    /** Returns whether it had not ended before. */
    private boolean endOutput(End end) {
        List<Write> waiting;
        synchronized (lock) {
            if (outputEnd != null) {
                return false;
            }
            outputEnd = end;
            waiting = new ArrayList<>(queue);
            queue.clear();
            lock.notifyAll();
        }
        waiting.forEach(write -> write.done().completeExceptionally(end.exception()));
        return true;
    }

    private TransportException outputFailure() {
        synchronized (lock) {
            return (outputEnd == null ? CLOSED_HERE : outputEnd).exception();
        }
    }

    private boolean isClosedHere() {
        synchronized (lock) {
            return CLOSED_HERE.equals(inputEnd);
        }
    }

    private static End lost(IOException e) {
        return new End(TransportFailure.LOST, "the connection broke: " + e.getMessage());
    }

    private void release() {
        if (isReleased.compareAndSet(false, true)) {
            Closing.quietly(socket);
            released.accept(this);
        }
    }
}
