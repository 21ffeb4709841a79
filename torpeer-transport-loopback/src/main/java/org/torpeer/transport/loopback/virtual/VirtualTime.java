package org.torpeer.transport.loopback.virtual;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.runtime.EventLoop;

/**
 * A world whose time is a number. Every loop in it is a view of one queue of events, run by time and then in the order
 * they were scheduled, on the thread that made the world and on no other. Nothing in it depends on real time or on hash
 * order: the same seed and the same program give the same events, and so the same {@link #traceHash}, on every machine.
 *
 * <p>Between events the making thread counts as being on every loop, since nothing else can run meanwhile; what an
 * event runs is on its own node's loop only.
 */
public final class VirtualTime {
    /** What the wall clocks say at first. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final System.Logger LOG = System.getLogger(VirtualTime.class.getName());
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The number of {@link #loop}, which is nobody's. */
    private static final int NOBODY = -1;

    private static final int RAN = 0;

    private final Thread thread = Thread.currentThread();
    private final long seed;
    private final EventWheel wheel = new EventWheel();
    private final VirtualLoop world = new VirtualLoop(this, NOBODY);
    private final Map<Integer, Integer> lives = new HashMap<>();

    /** Scheduled tasks by what the wheel holds of them. */
    private @Nullable Task[] tasks = new Task[1024];

    private int[] freePlaces = new int[1024];
    private int freeCount;

    private @Nullable VirtualLoop running;
    private long trace;
    private long events;
    private long failures;

    /** A new world at time zero, belonging to the calling thread. */
    public VirtualTime(long seed) {
        this.seed = seed;
        this.trace = SeededRandom.mix(seed);
        for (int place = tasks.length - 1; place >= 0; place--) {
            freePlaces[freeCount++] = place;
        }
    }

    public long seed() {
        return seed;
    }

    /** How long the world has been running. */
    public Duration elapsed() {
        return Duration.ofNanos(wheel.now());
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
        return new VirtualRuntime(this, node, conditions, random);
    }

    /** A runtime for a node with a clock that is right and an offload that costs nothing. */
    public VirtualRuntime runtime(int node) {
        return runtime(node, Conditions.IDEAL);
    }

    /** Runs the next event, if there is one. */
    public boolean step() {
        checkOutside();
        if (!wheel.next()) {
            return false;
        }
        runTaken();
        return true;
    }

    /** Runs every event up to a time, which is then the time it is. */
    public void run(Duration until) {
        checkOutside();
        long limit = nanos(until);
        while (wheel.nextUntil(limit)) {
            runTaken();
        }
    }

    /**
     * Runs events until a condition holds, which is asked first and after each event.
     *
     * @param until the time after which nothing is run
     * @return whether the condition held
     */
    public boolean runUntil(BooleanSupplier condition, Duration until) {
        checkOutside();
        long limit = nanos(until);
        while (!condition.getAsBoolean()) {
            if (!wheel.nextUntil(limit)) {
                return false;
            }
            runTaken();
        }
        return true;
    }

    /** How many events were run. */
    public long events() {
        return events;
    }

    /** How many events are to come, those called off included until their time. */
    public long pending() {
        return wheel.size();
    }

    /** How many tasks threw; each was reported in the log, and did no harm to the others. */
    public long failures() {
        return failures;
    }

    /**
     * A running hash over the time and node of every event, and over everything else that was {@linkplain #trace traced}.
     */
    public long traceHash() {
        return trace;
    }

    /**
     * Puts something into the trace.
     *
     * @param kind what it is, in the caller's numbering; 0 is an event that was run
     */
    public void trace(int kind, int node, byte[] payload) {
        absorb(kind, node);
        int whole = payload.length & -Long.BYTES;
        for (int at = 0; at < whole; at += Long.BYTES) {
            trace = SeededRandom.mix(trace ^ (long) LONGS.get(payload, at));
        }
        for (int at = whole; at < payload.length; at++) {
            trace = SeededRandom.mix(trace ^ payload[at]);
        }
    }

    long nanoTime() {
        return wheel.now();
    }

    boolean isCurrent(VirtualLoop loop) {
        return Thread.currentThread() == thread && (running == null || running == loop);
    }

    Cancellable schedule(VirtualLoop loop, Duration delay, Runnable action) {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("another thread reached into virtual time: " + Thread.currentThread());
        }
        long wait = delay.isNegative() ? 0 : nanos(delay);
        long time = wheel.now() + Math.min(wait, Long.MAX_VALUE - wheel.now());
        Task task = new Task(loop, action);
        wheel.add(time, keep(task));
        return task;
    }

    private void runTaken() {
        Task task = release((int) wheel.event());
        Runnable action = task.action;
        if (action == null || task.loop.isClosed()) {
            return;
        }
        events++;
        absorb(RAN, task.loop.node());
        running = task.loop;
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            failures++;
            LOG.log(System.Logger.Level.ERROR, "a task of node " + task.loop.node() + " failed", e);
        } finally {
            running = null;
        }
    }

    private void absorb(int kind, int node) {
        trace = SeededRandom.mix(trace ^ wheel.now());
        trace = SeededRandom.mix(trace ^ ((long) kind << Integer.SIZE | (node & 0xffff_ffffL)));
    }

    private int keep(Task task) {
        if (freeCount == 0) {
            int before = tasks.length;
            tasks = Arrays.copyOf(tasks, before * 2);
            freePlaces = new int[before * 2];
            for (int place = tasks.length - 1; place >= before; place--) {
                freePlaces[freeCount++] = place;
            }
        }
        int place = freePlaces[--freeCount];
        tasks[place] = task;
        return place;
    }

    private Task release(int place) {
        Task task = tasks[place];
        if (task == null) {
            throw new IllegalStateException("an event without a task");
        }
        tasks[place] = null;
        freePlaces[freeCount++] = place;
        return task;
    }

    private void checkOutside() {
        if (Thread.currentThread() != thread || running != null) {
            throw new IllegalStateException("virtual time is run by the thread that made it, and not from within");
        }
    }

    private static long nanos(Duration duration) {
        return duration.toSeconds() >= Long.MAX_VALUE / 1_000_000_000L ? Long.MAX_VALUE : duration.toNanos();
    }

    /** A task and whose it is; without an action once it was called off. */
    private static final class Task implements Cancellable {
        private final VirtualLoop loop;
        private @Nullable Runnable action;

        Task(VirtualLoop loop, Runnable action) {
            this.loop = loop;
            this.action = action;
        }

        @Override
        public void cancel() {
            action = null;
        }
    }
}
