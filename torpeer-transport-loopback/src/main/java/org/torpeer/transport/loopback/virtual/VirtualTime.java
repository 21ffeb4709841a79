package org.torpeer.transport.loopback.virtual;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.runtime.EventLoop;

/**
 * A world whose time is a number. Every loop in it is a view of a queue of events, run by time and then in the order they
 * were scheduled, when the thread that made the world says so. Nothing in it depends on real time or on hash order: the
 * same seed and the same program give the same events, and so the same {@link #traceHash}, on every machine.
 *
 * <p>A world has one queue, run by the thread that made it, or {@link #LANES} lanes, each with a queue of its own, to
 * which the nodes are dealt by their numbers. Lanes are run by several threads beside each other, in windows as long as
 * anything takes at least from one node to another: what a node does in a window reaches others only after it, so that no
 * node sees how far the others are (conservative synchronous simulation; Nicol, "The cost of conservative synchronization in
 * parallel discrete event simulations", 1993). Which thread runs a lane, and when in real time, changes nothing. Nodes of
 * such a world share no state but what they send each other; what happens to the world ({@link #loop}), or looks at
 * several nodes ({@link #aside}), runs between two windows.
 *
 * <p>Between events the making thread counts as being on every loop, since nothing else can run meanwhile; what an
 * event runs is on its own node's loop only.
 */
public final class VirtualTime {
    /** What the wall clocks say at first. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    /** Of a world that has more than one: the same on every machine, since they decide how things come about. */
    public static final int LANES = 32;

    /** How many kinds of things can be traced, counted from 0 on. */
    public static final int KINDS = 8;

    /** The number of {@link #loop}, which is nobody's. */
    private static final int NOBODY = -1;

    private final Thread thread = Thread.currentThread();
    private final long seed;
    private final int threads;
    private final long lookahead;
    private final Lane[] lanes;
    /** Whose events are the world's own; the only lane of a world that has one queue. */
    private final Lane outer;

    /** Every lane, the outer one first. */
    private final Set<Lane> all = new LinkedHashSet<>();

    private final VirtualLoop world;
    private final Map<Integer, Integer> lives = new HashMap<>();
    /** How far the world is between two windows. */
    private long now;

    private boolean inWindow;

    /** Something that looks at several nodes, as they were at a time. */
    record Look(long time, Runnable what) {}

    /** A new world at time zero with one queue, belonging to the calling thread. */
    public VirtualTime(long seed) {
        this.seed = seed;
        this.threads = 1;
        this.lookahead = Long.MAX_VALUE;
        this.outer = new Lane(SeededRandom.mix(seed));
        this.lanes = new Lane[] {outer};
        this.world = new VirtualLoop(this, outer, NOBODY);
        all.add(outer);
        outer.runBy(thread);
    }

    private VirtualTime(long seed, int threads, long lookahead) {
        this.seed = seed;
        this.threads = threads;
        this.lookahead = lookahead;
        this.outer = new Lane(SeededRandom.mix(seed));
        this.lanes = new Lane[LANES];
        for (int number = 0; number < LANES; number++) {
            lanes[number] = new Lane(SeededRandom.mix(seed ^ (number + 1)));
        }
        this.world = new VirtualLoop(this, outer, NOBODY);
        all.add(outer);
        all.addAll(List.of(lanes));
    }

    /**
     * A new world at time zero in lanes, belonging to the calling thread.
     *
     * @param threads how many run them at most, the calling one included; of no influence on what happens
     * @param lookahead how long anything takes at least from one node to another; scheduling what is sooner for a node of
     *     another lane is an {@link IllegalStateException}
     * @throws InvalidInputException if there is no thread, or no lookahead
     */
    public static VirtualTime inLanes(long seed, int threads, Duration lookahead) {
        if (threads < 1) {
            throw new InvalidInputException("a world is run by at least one thread, not " + threads);
        }
        if (lookahead.isNegative() || lookahead.isZero()) {
            throw new InvalidInputException("lanes need a time that everything takes at least, not " + lookahead);
        }
        return new VirtualTime(seed, threads, nanos(lookahead));
    }

    public long seed() {
        return seed;
    }

    /**
     * How long the world has been running; for what is run {@link #aside}, until what it is about, and for events of nodes
     * in lanes until their window.
     */
    public Duration elapsed() {
        return Duration.ofNanos(isInLanes() ? now : outer.now());
    }

    /** A loop that belongs to no node, for what happens to the world. */
    public EventLoop loop() {
        return world;
    }

    /** A source of randomness for a purpose of the world's, independent of every node's. */
    public SeededRandom random(String purpose) {
        return SeededRandom.stream(seed, purpose, NOBODY);
    }

    /**
     * A runtime for a node. A node that is started again gets a new one, with randomness of its own.
     *
     * @param node a number that goes into the trace, at least 0
     * @throws InvalidInputException if it is less
     */
    public VirtualRuntime runtime(int node, Conditions conditions) {
        if (node < 0) {
            throw new InvalidInputException("a node's number is at least 0, not " + node);
        }
        int life = lives.merge(node, 1, Integer::sum);
        SeededRandom random = SeededRandom.stream(seed, "node", (long) life << Integer.SIZE | node);
        return new VirtualRuntime(new VirtualLoop(this, lane(node), node), conditions, random);
    }

    /** A runtime for a node with a clock that is right and an offload that costs nothing. */
    public VirtualRuntime runtime(int node) {
        return runtime(node, Conditions.IDEAL);
    }

    /**
     * Runs something that looks at several nodes: at once, or in a world in lanes when all nodes have come as far, in the
     * order of time. It must not change a node.
     */
    public void aside(Runnable look) {
        Lane lane = inWindow ? current() : null;
        if (lane == null) {
            look.run();
        } else {
            lane.asides().add(new Look(lane.now(), look));
        }
    }

    /** Runs the next event, if there is one; only of a world with one queue. */
    public boolean step() {
        checkOutside();
        if (isInLanes()) {
            throw new IllegalStateException("a world in lanes goes from window to window, not from event to event");
        }
        return outer.earliest() < Long.MAX_VALUE && outer.step(Long.MAX_VALUE);
    }

    /** Runs every event up to a time, which is then the time it is. */
    public void run(Duration until) {
        runUntil(() -> false, until);
    }

    /**
     * Runs events until a condition holds, which is asked first and after each event, or in a world in lanes between windows
     * when what happens to the world has happened.
     *
     * @param until the time after which nothing is run
     * @return whether the condition held
     * @throws InvalidInputException if that time is over
     */
    public boolean runUntil(BooleanSupplier condition, Duration until) {
        checkOutside();
        long limit = nanos(until);
        if (isInLanes()) {
            return runWindows(condition, limit);
        }
        while (!condition.getAsBoolean()) {
            if (!outer.step(limit)) {
                return false;
            }
        }
        return true;
    }

    /** How many events were run. */
    public long events() {
        return all.stream().mapToLong(Lane::events).sum();
    }

    /** How many events are to come, those called off included until their time. */
    public long pending() {
        return all.stream().mapToLong(Lane::pending).sum();
    }

    /** How many tasks threw; each was reported in the log, and did no harm to the others. */
    public long failures() {
        return all.stream().mapToLong(Lane::failures).sum();
    }

    /**
     * A running hash over the time and node of every event, and over everything else that was {@linkplain #trace traced}.
     */
    public long traceHash() {
        long hash = outer.trace();
        for (int number = 0; isInLanes() && number < LANES; number++) {
            hash = SeededRandom.mix(hash ^ lanes[number].trace());
        }
        return hash;
    }

    /**
     * Puts something into the trace; on the loop of the node, or between events.
     *
     * @param kind what it is, in the caller's numbering, from 1 on; 0 is an event that was run
     * @throws IndexOutOfBoundsException if it is not below {@link #KINDS}
     */
    public void trace(int kind, int node, byte[] payload) {
        lane(node).trace(kind, node, payload);
    }

    /**
     * How often the caller put something of a kind into the trace; between events.
     *
     * @throws IndexOutOfBoundsException as {@link #trace}
     */
    public long timesTraced(int kind) {
        return all.stream().mapToLong(lane -> lane.times(kind)).sum();
    }

    /**
     * How many bytes it was in all; between events.
     *
     * @throws IndexOutOfBoundsException as {@link #trace}
     */
    public long bytesTraced(int kind) {
        return all.stream().mapToLong(lane -> lane.bytes(kind)).sum();
    }

    boolean isCurrent(VirtualLoop loop) {
        Thread caller = Thread.currentThread();
        Lane lane = loop.lane();
        if (inWindow) {
            return lane.runner() == caller && lane.running() == loop;
        }
        VirtualLoop running = outer.running();
        return caller == thread && (running == null || running == loop);
    }

    Cancellable schedule(VirtualLoop loop, Duration delay, Runnable action) {
        long wait = delay.isNegative() ? 0 : nanos(delay);
        Lane target = loop.lane();
        Lane source = target.runner() == Thread.currentThread() ? target : current();
        long present = source == null ? now : source.now();
        long time = present + Math.min(wait, Long.MAX_VALUE - present);
        Lane.Task task = new Lane.Task(loop, time, action);
        if (source == target || source == null || !inWindow) {
            target.add(task);
        } else if (wait < lookahead) {
            throw new IllegalStateException("what takes " + delay + " is too soon for a node of another lane");
        } else {
            source.outbox().add(task);
        }
        return task;
    }

    /** The lane that the calling thread runs an event of; null if it is the making one between events. */
    private @Nullable Lane current() {
        Thread caller = Thread.currentThread();
        if (!inWindow && caller == thread) {
            return null;
        }
        for (Lane lane : lanes) {
            if (lane.runner() == caller) {
                return lane;
            }
        }
        throw new IllegalStateException("another thread reached into virtual time: " + caller);
    }

    private boolean isInLanes() {
        return lanes.length > 1;
    }

    private Lane lane(int node) {
        return isInLanes() && node >= 0 ? lanes[node % LANES] : outer;
    }

    private boolean runWindows(BooleanSupplier condition, long limit) {
        if (limit < now) {
            throw new InvalidInputException("time does not go back from " + now + " to " + limit + " ns");
        }
        try (Crew crew = new Crew(lanes, threads)) {
            while (true) {
                runOuter();
                if (condition.getAsBoolean()) {
                    return true;
                }
                long next = earliest();
                if (next > limit || next == Long.MAX_VALUE) {
                    arrive(limit);
                    return false;
                }
                long begin = Math.max(now, next);
                long last = begin + Math.min(limit - begin, lookahead - 1);
                if (outer.earliest() <= last) {
                    last = outer.earliest() - 1;
                }
                if (last >= begin) {
                    runWindow(crew, last);
                }
                arrive(Math.min(limit, last + 1));
            }
        }
    }

    /** Runs what happens to the world now. */
    private void runOuter() {
        boolean more = true;
        while (more) {
            more = outer.step(now);
        }
    }

    private void runWindow(Crew crew, long last) {
        inWindow = true;
        try {
            crew.run(last);
        } finally {
            inWindow = false;
        }
        for (Lane lane : lanes) {
            for (Lane.Task sent : lane.outbox()) {
                sent.lane().add(sent);
            }
            lane.outbox().clear();
        }
        lookAside();
    }

    /** In the order of time; of equal times, the first lane's come first. */
    private void lookAside() {
        List<Look> looks = new ArrayList<>();
        for (Lane lane : lanes) {
            looks.addAll(lane.asides());
            lane.asides().clear();
        }
        looks.sort(Comparator.comparingLong(Look::time));
        for (Look look : looks) {
            now = look.time();
            look.what().run();
        }
    }

    private void arrive(long time) {
        now = time;
        all.forEach(lane -> lane.arrive(time));
    }

    private long earliest() {
        long earliest = Long.MAX_VALUE;
        for (Lane lane : all) {
            earliest = Math.min(earliest, lane.earliest());
        }
        return earliest;
    }

    private void checkOutside() {
        if (Thread.currentThread() != thread || inWindow || outer.running() != null) {
            throw new IllegalStateException("virtual time is run by the thread that made it, and not from within");
        }
    }

    private static long nanos(Duration duration) {
        return duration.toSeconds() >= Long.MAX_VALUE / 1_000_000_000L ? Long.MAX_VALUE : duration.toNanos();
    }
}
