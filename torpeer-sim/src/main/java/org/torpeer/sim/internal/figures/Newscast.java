package org.torpeer.sim.internal.figures;

import java.util.Arrays;
import org.torpeer.transport.loopback.virtual.EventWheel;
import org.torpeer.transport.loopback.virtual.SeededRandom;

/**
 * Newscast (Jelasity, Kowalczyk, van Steen, "Newscast computing", 2003): once a cycle, each member and one of those it
 * knows exchange all they know, and both keep what is freshest. Members are rows of arrays, so that a million fit.
 */
public final class Newscast {
    /** How many others each member knows. */
    static final int CACHE = 20;

    private static final long CYCLE = 1_000_000_000;
    private static final long LEAST_LATENCY = 50_000_000;
    private static final int LATENCY_RANGE = 200_000_000;

    /** What a message holds: who sent it, what for, and the sender's view, itself included. */
    private static final int MESSAGE = CACHE + 2;

    private static final int REQUEST = 0;
    private static final int ANSWER = 1;

    private final int members;
    private final SeededRandom random;
    private final EventWheel wheel = new EventWheel();
    /** Each view's entries, freshest first: the time of origin in the upper, the member in the lower half. */
    private final long[] views;
    /** Messages on their way, {@link #MESSAGE} longs each. */
    private long[] messages = new long[MESSAGE * 1024];

    private int[] free = new int[1024];
    private int freeCount;
    private final long[] merged = new long[2 * CACHE + 1];

    /** A network in which each member knows some that were chosen at random. */
    public Newscast(int members, SeededRandom random) {
        this.members = members;
        this.random = random;
        this.views = new long[members * CACHE];
        for (int at = 0; at < views.length; at++) {
            views[at] = random.nextInt(members);
        }
        for (int member = 0; member < members; member++) {
            wheel.add(random.nextLong(CYCLE), member);
        }
        for (int place = 1023; place >= 0; place--) {
            free[freeCount++] = place;
        }
    }

    /** Runs so many cycles; gives how many events that were. */
    public long run(int cycles) {
        long events = 0;
        while (wheel.nextUntil(cycles * CYCLE)) {
            events++;
            int member = (int) wheel.event();
            int place = (int) (wheel.event() >>> Integer.SIZE) - 1;
            if (place < 0) {
                send(member, (int) views[member * CACHE + random.nextInt(CACHE)], REQUEST);
                wheel.add(wheel.now() + CYCLE, member);
            } else {
                receive(member, place);
            }
        }
        return events;
    }

    /** Whom each member knows. */
    int[][] successors() {
        int[][] successors = new int[members][];
        for (int member = 0; member < members; member++) {
            successors[member] = Arrays.stream(views, member * CACHE, (member + 1) * CACHE)
                    .mapToInt(entry -> (int) entry)
                    .distinct()
                    .toArray();
        }
        return successors;
    }

    /** What a run leaves behind is well-formed: keeps the views reachable until they were measured, too. */
    public void checkViews() {
        for (int at = 0; at < views.length; at++) {
            int member = (int) views[at];
            if (member < 0 || member >= members) {
                throw new IllegalStateException("a view holds a member that does not exist: " + member);
            }
        }
    }

    private void send(int from, int to, int kind) {
        int place = place();
        int at = place * MESSAGE;
        messages[at] = ((long) from << 1) | kind;
        messages[at + 1] = ((wheel.now() / 1_000_000) << Integer.SIZE) | from;
        System.arraycopy(views, from * CACHE, messages, at + 2, CACHE);
        long arrival = wheel.now() + LEAST_LATENCY + random.nextInt(LATENCY_RANGE);
        wheel.add(arrival, ((long) (place + 1) << Integer.SIZE) | to);
    }

    private void receive(int member, int place) {
        int at = place * MESSAGE;
        int from = (int) (messages[at] >> 1);
        boolean request = (messages[at] & 1) == REQUEST;
        if (request) {
            send(member, from, ANSWER);
        }
        merge(member, at + 1);
        free[freeCount++] = place;
    }

    /** Both sides are sorted, freshest first; of two entries of one member the fresher stays. */
    private void merge(int member, int message) {
        int ours = member * CACHE;
        int theirs = message;
        int oursEnd = ours + CACHE;
        int theirsEnd = message + CACHE + 1;
        int count = 0;
        while (count < CACHE && (ours < oursEnd || theirs < theirsEnd)) {
            boolean takeTheirs = ours == oursEnd || (theirs < theirsEnd && messages[theirs] > views[ours]);
            long entry = takeTheirs ? messages[theirs++] : views[ours++];
            if ((int) entry != member && !holds(count, (int) entry)) {
                merged[count++] = entry;
            }
        }
        System.arraycopy(merged, 0, views, member * CACHE, count);
    }

    private boolean holds(int count, int member) {
        for (int i = 0; i < count; i++) {
            if ((int) merged[i] == member) {
                return true;
            }
        }
        return false;
    }

    private int place() {
        if (freeCount == 0) {
            int before = messages.length / MESSAGE;
            messages = Arrays.copyOf(messages, messages.length + messages.length / 2 / MESSAGE * MESSAGE);
            int after = messages.length / MESSAGE;
            free = new int[after];
            for (int place = after - 1; place >= before; place--) {
                free[freeCount++] = place;
            }
        }
        return free[--freeCount];
    }
}
