package org.torpeer.transport.loopback;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.PeerId;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;

/**
 * One end of a connection. Both ends share a lock, under which no foreign code runs: stages are completed after it is
 * released.
 */
final class LoopbackConnection implements Connection {
    /** How much may be on the way or unread in one direction; a writer waits for room. */
    static final int IN_FLIGHT_BYTES = 64 * 1024;

    /** The writer hears of what was read when it is so much. */
    private static final int TOLD_BYTES = IN_FLIGHT_BYTES / 4;

    /** The last message of a direction, the only empty one: the sender closed. */
    private static final byte[] END = {};

    private static final long NEVER = Long.MIN_VALUE;
    private static final int FEW = 1;

    private final Object lock;
    private final PeerId acceptedUnder;
    private final boolean dialed;
    private final LoopbackTransport transport;
    private final Line line;
    private final LoopbackConnection other;

    /** The chunks on the way to this end, in the order they were sent, by their {@link Chunk#next}. */
    private @Nullable Chunk first;

    private @Nullable Chunk last;
    /** Arrived before somebody wanted to read it. */
    private @Nullable Deque<byte[]> unread;
    /** Writes for which there was no room. */
    private @Nullable Deque<Outgoing> waiting;
    /** Sent, and not known to be read. */
    private int inFlight;
    /** Read, and not told to the other end. */
    private int consumed;
    /** Until when what was sent last leaves this end, if anything was sent. */
    private long busyUntil = NEVER;

    private @Nullable CompletableFuture<byte[]> reader;
    private @Nullable TransportFailure ended;
    private @Nullable Cancellable breakage;
    /** For the use of the transport: where this connection is among its own. */
    private int place;

    private LoopbackConnection(
            PeerId acceptedUnder, LoopbackTransport accepting, LoopbackTransport dialing, Line line) {
        this.line = line;
        this.lock = this;
        this.acceptedUnder = acceptedUnder;
        this.dialed = false;
        this.transport = accepting;
        this.other = new LoopbackConnection(this, dialing);
    }

    private LoopbackConnection(LoopbackConnection accepted, LoopbackTransport dialing) {
        this.lock = accepted.lock;
        this.line = accepted.line;
        this.acceptedUnder = accepted.acceptedUnder;
        this.dialed = true;
        this.transport = dialing;
        this.other = accepted;
    }

    /** The accepting end of a new connection; the dialing end is its {@link #other}. */
    static LoopbackConnection pair(
            PeerId acceptedUnder, LoopbackTransport accepting, LoopbackTransport dialing, Line line) {
        return new LoopbackConnection(acceptedUnder, accepting, dialing, line);
    }

    LoopbackConnection other() {
        return other;
    }

    boolean isAcceptedUnder(PeerId peer) {
        return !dialed && acceptedUnder.equals(peer);
    }

    boolean isDialed() {
        return dialed;
    }

    @Override
    public CompletionStage<byte[]> read() {
        synchronized (lock) {
            if (reader != null) {
                throw new IllegalStateException("a read is pending: wait for it before the next");
            }
            if (unread != null) {
                return CompletableFuture.completedFuture(take(unread));
            }
            if (ended != null) {
                return CompletableFuture.failedStage(failed(ended));
            }
            reader = new CompletableFuture<>();
            return reader;
        }
    }

    @Override
    public CompletionStage<Void> write(byte[] bytes) {
        Outgoing outgoing;
        synchronized (lock) {
            if (ended != null) {
                return CompletableFuture.failedStage(failed(ended));
            }
            if (waiting == null && fitsAtOnce(bytes.length)) {
                inFlight += bytes.length;
                send(bytes.clone());
                return CompletableFuture.completedFuture(null);
            }
            if (waiting == null) {
                waiting = new ArrayDeque<>(FEW);
            }
            outgoing = new Outgoing(bytes);
            waiting.add(outgoing);
        }
        handOn();
        return outgoing.stage;
    }

    private boolean fitsAtOnce(int length) {
        return length > 0 && length <= Math.min(MAX_CHUNK_BYTES, IN_FLIGHT_BYTES - inFlight);
    }

    @Override
    public void close() {
        boolean otherWasFirst;
        synchronized (lock) {
            otherWasFirst = ended == TransportFailure.CLOSED;
        }
        if (end(TransportFailure.LOCAL) && !otherWasFirst) {
            synchronized (lock) {
                send(END);
            }
        }
    }

    /** Whether a partition lies between the ends. */
    boolean isSeparated() {
        return transport.isSeparatedFrom(other.transport);
    }

    int place() {
        return place;
    }

    void place(int among) {
        place = among;
    }

    /** Breaks the connection after a while, unless it has ended by then: the accepting end notices first. */
    void breakAfter(Duration lifetime) {
        breakage = transport.loop().schedule(lifetime, () -> {
            if (end(TransportFailure.LOST)) {
                other.transport.loop().schedule(line.oneWay(), () -> other.end(TransportFailure.LOST));
            }
        });
    }

    /** Both ends lose the connection, each on its own loop. */
    void breakOff() {
        transport.loop().execute(() -> end(TransportFailure.LOST));
        other.transport.loop().execute(() -> other.end(TransportFailure.LOST));
    }

    private void makeRoom(int bytes) {
        synchronized (lock) {
            inFlight -= bytes;
        }
        handOn();
    }

    private void handOn() {
        List<Outgoing> done = new ArrayList<>();
        synchronized (lock) {
            while (waiting != null && sendWhatFits(waiting.element())) {
                done.add(waiting.remove());
                waiting = waiting.isEmpty() ? null : waiting;
            }
        }
        done.forEach(outgoing -> outgoing.stage.complete(null));
    }

    private boolean sendWhatFits(Outgoing outgoing) {
        while (!outgoing.isEmpty() && inFlight < IN_FLIGHT_BYTES) {
            byte[] chunk = outgoing.next(Math.min(MAX_CHUNK_BYTES, IN_FLIGHT_BYTES - inFlight));
            inFlight += chunk.length;
            send(chunk);
        }
        return outgoing.isEmpty();
    }

    private void send(byte[] bytes) {
        Chunk chunk = new Chunk(other, bytes);
        if (other.last == null) {
            other.first = chunk;
        } else {
            other.last.next = chunk;
        }
        other.last = chunk;
        other.transport.loop().schedule(transit(bytes.length), chunk);
    }

    /** What is sent faster than the line carries it waits its turn. */
    private Duration transit(int bytes) {
        long now = transport.loop().nanoTime();
        boolean idle = busyUntil == NEVER || busyUntil - now < 0;
        busyUntil = (idle ? now : busyUntil) + line.nanosToSend(bytes);
        return line.oneWay().plusNanos(busyUntil - now);
    }

    /** Runs once for each chunk sent, so that order holds even while the latency changes. */
    private void arrive() {
        byte[] next;
        synchronized (lock) {
            next = ended == null ? poll() : null;
        }
        if (next == null) {
            return;
        }
        if (next.length == END.length) {
            end(TransportFailure.CLOSED);
        } else {
            transport.network().observer().delivered(transport.runtime(), next);
            deliver(next);
        }
    }

    private byte @Nullable [] poll() {
        Chunk head = first;
        if (head == null) {
            return null;
        }
        first = head.next;
        last = first == null ? null : last;
        return head.bytes;
    }

    private void deliver(byte[] chunk) {
        CompletableFuture<byte[]> waitingReader;
        synchronized (lock) {
            if (ended != null) {
                return;
            }
            if (reader == null) {
                unread = unread == null ? new ArrayDeque<>(FEW) : unread;
                unread.add(chunk);
                return;
            }
            waitingReader = reader;
            reader = null;
            consume(chunk.length);
        }
        waitingReader.complete(chunk);
    }

    /** As many of the arrived chunks as make one read, so that many small writes do not make as many reads. */
    private byte[] take(Deque<byte[]> arrived) {
        byte[] head = arrived.remove();
        int length = head.length;
        List<byte[]> further = new ArrayList<>();
        while (!arrived.isEmpty() && length + arrived.getFirst().length <= MAX_CHUNK_BYTES) {
            byte[] next = arrived.remove();
            length += next.length;
            further.add(next);
        }
        byte[] taken = further.isEmpty() ? head : Arrays.copyOf(head, length);
        int at = head.length;
        for (byte[] next : further) {
            System.arraycopy(next, 0, taken, at, next.length);
            at += next.length;
        }
        unread = arrived.isEmpty() ? null : arrived;
        consume(length);
        return taken;
    }

    private void consume(int bytes) {
        consumed += bytes;
        if (consumed >= TOLD_BYTES) {
            int told = consumed;
            consumed = 0;
            other.transport.loop().schedule(line.oneWay(), () -> other.makeRoom(told));
        }
    }

    /** Whether this end had not ended in that manner or a stronger one before. */
    private boolean end(TransportFailure how) {
        List<CompletableFuture<?>> stranded = new ArrayList<>();
        synchronized (lock) {
            if (ended == how || (ended != null && how != TransportFailure.LOCAL)) {
                return false;
            }
            ended = how;
            if (how != TransportFailure.CLOSED) {
                unread = null;
                first = null;
                last = null;
            }
            if (reader != null) {
                stranded.add(reader);
                reader = null;
            }
            if (waiting != null) {
                waiting.forEach(outgoing -> stranded.add(outgoing.stage));
                waiting = null;
            }
        }
        if (how != TransportFailure.CLOSED) {
            Cancellable pending = breakage;
            if (pending != null) {
                pending.cancel();
            }
            transport.forget(this);
        }
        stranded.forEach(stage -> stage.completeExceptionally(failed(how)));
        return true;
    }

    private static TransportException failed(TransportFailure how) {
        return new TransportException(
                how,
                switch (how) {
                    case CLOSED -> "the other side closed the connection";
                    case LOST -> "the connection broke";
                    default -> "the connection was closed on this side";
                });
    }

    /** Bytes on the way to an end. */
    private static final class Chunk implements Runnable {
        private final LoopbackConnection to;
        private final byte[] bytes;
        private @Nullable Chunk next;

        Chunk(LoopbackConnection to, byte[] bytes) {
            this.to = to;
            this.bytes = bytes;
        }

        @Override
        public void run() {
            to.arrive();
        }
    }

    /** A write and how far it has come. */
    private static final class Outgoing {
        private final byte[] bytes;
        private final CompletableFuture<Void> stage = new CompletableFuture<>();
        private int sent;

        Outgoing(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean isEmpty() {
            return sent == bytes.length;
        }

        byte[] next(int most) {
            byte[] chunk = Arrays.copyOfRange(bytes, sent, Math.min(bytes.length, sent + most));
            sent += chunk.length;
            return chunk;
        }
    }
}
