package org.torpeer.node.internal.record;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.PeerId;
import org.torpeer.api.runtime.EventLoop;
import org.torpeer.node.internal.limit.TokenBucket;

/**
 * When a costly proof is evaluated. A proof shown at the door has a budget of its own, so that nobody inside can keep
 * others out. Proofs passed on count against whoever passed them on, and against all such together; what is beyond that
 * waits, and those who wait take turns, so that none of them waits for another's flood. Lives on the loop.
 */
final class ProofTurns {
    /** Evaluations a second and at once for one that passes records on. */
    static final double PER_SOURCE = 2;

    static final int PER_SOURCE_BURST = 32;
    /** The same for all of them together. */
    static final double ALL_SOURCES = 20;

    static final int ALL_SOURCES_BURST = 64;
    /** The same for all who are at the door. */
    static final double DOOR = 50;

    static final int DOOR_BURST = 64;
    /** How many wait, for each source and at the door: as many as there are in a reply, and half-open connections. */
    static final int MAX_WAITING_PER_SOURCE = 128;

    static final int MAX_WAITING_AT_DOOR = 32;
    /** More than there are sessions, so that no source with a session gets a new budget by being forgotten. */
    static final int MAX_SOURCES = 512;

    private static final Duration TICK = Duration.ofMillis(100);

    private final EventLoop loop;
    private final TokenBucket all;
    private final TokenBucket door;
    private final Map<Source, TokenBucket> budgets = new Budgets();
    private final Map<Source, Deque<Turn>> waiting = new LinkedHashMap<>();
    private final Deque<Turn> waitingAtDoor = new ArrayDeque<>();
    private boolean ticking;

    /** Who passed a record on, null if the node's own user did. */
    private record Source(@Nullable PeerId peer) {}

    /** What waits; exactly one of the two is run, once. */
    private record Turn(Runnable begin, Runnable drop) {}

    ProofTurns(EventLoop loop) {
        this.loop = loop;
        this.all = new TokenBucket(ALL_SOURCES, ALL_SOURCES_BURST, loop.nanoTime());
        this.door = new TokenBucket(DOOR, DOOR_BURST, loop.nanoTime());
    }

    /** A proof that its owner shows in a handshake: runs one of the two, now or later. */
    void atDoor(Runnable begin, Runnable drop) {
        queue(waitingAtDoor, MAX_WAITING_AT_DOOR, new Turn(begin, drop));
    }

    /** A proof that somebody passed on: runs one of the two, now or later. */
    void passedOn(@Nullable PeerId by, Runnable begin, Runnable drop) {
        queue(
                waiting.computeIfAbsent(new Source(by), any -> new ArrayDeque<>()),
                MAX_WAITING_PER_SOURCE,
                new Turn(begin, drop));
    }

    /** Drops what waits of somebody who passed on what does not hold. */
    void distrust(@Nullable PeerId source) {
        Deque<Turn> queue = waiting.remove(new Source(source));
        if (queue != null) {
            List.copyOf(queue).forEach(turn -> turn.drop().run());
        }
    }

    private void queue(Deque<Turn> queue, int most, Turn turn) {
        if (queue.size() >= most) {
            turn.drop().run();
            return;
        }
        queue.add(turn);
        takeTurns();
    }

    private void takeTurns() {
        while (!waitingAtDoor.isEmpty() && door.take(loop.nanoTime())) {
            waitingAtDoor.remove().begin().run();
        }
        boolean some = true;
        while (some) {
            some = false;
            for (Source source : List.copyOf(waiting.keySet())) {
                some |= takeTurn(source);
            }
        }
        if (!ticking && !(waiting.isEmpty() && waitingAtDoor.isEmpty())) {
            ticking = true;
            loop.schedule(TICK, this::tick);
        }
    }

    private void tick() {
        ticking = false;
        takeTurns();
    }

    private boolean takeTurn(Source source) {
        Deque<Turn> queue = waiting.get(source);
        if (queue == null) {
            return false;
        }
        long now = loop.nanoTime();
        TokenBucket own = budgets.computeIfAbsent(source, any -> new TokenBucket(PER_SOURCE, PER_SOURCE_BURST, now));
        if (!own.has(now) || !all.take(now)) {
            return false;
        }
        own.take(now);
        Turn next = queue.remove();
        // Whose turn it was comes last now.
        waiting.remove(source);
        if (!queue.isEmpty()) {
            waiting.put(source, queue);
        }
        next.begin().run();
        return true;
    }

    /** Forgets whom it was asked for longest ago. */
    private static final class Budgets extends LinkedHashMap<Source, TokenBucket> {
        private static final long serialVersionUID = 1L;

        Budgets() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, TokenBucket> eldest) {
            return size() > MAX_SOURCES;
        }
    }
}
