package org.torpeer.transport.loopback.virtual;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.transport.loopback.virtual.VirtualTime.Look;

/**
 * Nodes that share one queue of events, which one thread at a time runs by time and then in the order they were
 * scheduled. What it has for other lanes, and for those who look at several nodes, it keeps until its window has ended.
 */
final class Lane {
    private static final System.Logger LOG = System.getLogger(VirtualTime.class.getName());
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SOME = 1024;
    /**
     * 34 ms, in which a lane of a thousand nodes has a few events, and one of a hundred thousand some dozens: of shorter slots
     * each is a look at cold memory. Windows begin with a slot, so this is part of what a seed means, as the number of lanes.
     */
    private static final int TICK_BITS = 25;

    private static final int RAN = 0;
    /** The multiplier of FNV-1a for 64 bits, used for whole words. */
    private static final long ODD = 0x100000001b3L;

    private final EventWheel wheel = new EventWheel(TICK_BITS);

    /** Scheduled tasks by what the wheel holds of them. */
    private @Nullable Task[] tasks = new Task[SOME];

    private int[] freePlaces = new int[SOME];
    private int freeCount;

    private final List<Task> outbox = new ArrayList<>();
    private final List<Look> asides = new ArrayList<>();

    private volatile @Nullable Thread runner;
    private @Nullable VirtualLoop running;
    private long now;
    private long trace;
    /** Of each kind that is traced. */
    private final long[] times = new long[VirtualTime.KINDS];

    private final long[] bytes = new long[VirtualTime.KINDS];
    private long events;
    private long failures;

    Lane(long trace) {
        this.trace = trace;
        for (int place = tasks.length - 1; place >= 0; place--) {
            freePlaces[freeCount++] = place;
        }
    }

    /** What the clocks of its loops say. */
    long now() {
        return now;
    }

    /** Moves the clocks on while no event runs, to no later than {@link #earliest}. */
    void arrive(long time) {
        now = time;
    }

    /** No event comes before this. */
    long earliest() {
        return wheel.earliest();
    }

    long trace() {
        return trace;
    }

    /** How often something of a kind was traced. */
    long times(int kind) {
        return times[kind];
    }

    /** How many bytes it was in all. */
    long bytes(int kind) {
        return bytes[kind];
    }

    long events() {
        return events;
    }

    long failures() {
        return failures;
    }

    long pending() {
        return wheel.size();
    }

    /** The thread that runs it now. */
    @Nullable
    Thread runner() {
        return runner;
    }

    /** Says who runs it from now on. */
    void runBy(@Nullable Thread thread) {
        runner = thread;
    }

    /** The loop whose event runs now. */
    @Nullable
    VirtualLoop running() {
        return running;
    }

    /** What was sent to other lanes. */
    List<Task> outbox() {
        return outbox;
    }

    /** What was put aside. */
    List<Look> asides() {
        return asides;
    }

    void add(Task task) {
        wheel.add(task.time, keep(task));
    }

    /** Runs the next event up to a time, if there is one; otherwise it is that time. */
    boolean step(long until) {
        if (!wheel.nextUntil(until)) {
            now = until;
            return false;
        }
        now = wheel.now();
        runTaken();
        return true;
    }

    /** Runs every event up to a time, which is then the time it is, on the calling thread. */
    void run(long until) {
        runner = Thread.currentThread();
        try {
            boolean more = true;
            while (more) {
                more = step(until);
            }
        } finally {
            runner = null;
        }
    }

    void trace(int kind, int node, byte[] payload) {
        times[kind]++;
        bytes[kind] += payload.length;
        absorb(kind, node);
        trace = SeededRandom.mix(trace ^ digest(payload));
    }

    /** Four sums beside each other, since long payloads are most of what is traced; not made against whoever seeks collisions. */
    private static long digest(byte[] payload) {
        long a = payload.length;
        long b = ODD;
        long c = 0;
        long d = 0;
        int at = 0;
        for (; at <= payload.length - 4 * Long.BYTES; at += 4 * Long.BYTES) {
            a = (a ^ (long) LONGS.get(payload, at)) * ODD;
            b = (b ^ (long) LONGS.get(payload, at + Long.BYTES)) * ODD;
            c = (c ^ (long) LONGS.get(payload, at + 2 * Long.BYTES)) * ODD;
            d = (d ^ (long) LONGS.get(payload, at + 3 * Long.BYTES)) * ODD;
        }
        for (; at < payload.length; at++) {
            a = (a ^ payload[at]) * ODD;
        }
        return SeededRandom.mix(SeededRandom.mix(SeededRandom.mix(SeededRandom.mix(a) ^ b) ^ c) ^ d);
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
        trace = SeededRandom.mix(trace ^ now);
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

    /** A task, whose it is, and when it is to run; without an action once it was called off. */
    static final class Task implements Cancellable {
        private final VirtualLoop loop;
        private final long time;
        private @Nullable Runnable action;

        Task(VirtualLoop loop, long time, Runnable action) {
            this.loop = loop;
            this.time = time;
            this.action = action;
        }

        Lane lane() {
            return loop.lane();
        }

        @Override
        public void cancel() {
            action = null;
        }
    }
}
