package org.torpeer.node.internal.book;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How far a peer was told, in one session, whom a young book has reached. The rows of these are in the order in which they
 * came, so three of them say it all: those from {@code start} to {@code upper} were told, and those up to {@code lower}.
 * Whoever comes is beyond {@code upper} and told next. From a start drawn evenly it goes on to the end and comes round, so
 * that each row is as likely as any other to be in a reply.
 *
 * <p>When a peer goes, the last one takes its row. That one may be told twice then, or not before {@link #REMEMBERED} is
 * over; nobody depends on it. Lives and dies with its session; not safe for several threads.
 */
public final class Told {
    /** Then all is told again: records get newer ones, and who was offline may be back. */
    static final Duration REMEMBERED = Duration.ofMinutes(30);

    private boolean begun;
    private long until;
    private int start;
    private int upper;
    private int lower;

    /** To be called before the rows for one reply are taken. */
    void begin(int tried, long nanoTime, RandomGenerator random) {
        if (!begun || nanoTime - until >= 0) {
            begun = true;
            until = nanoTime + REMEMBERED.toNanos();
            start = tried == 0 ? 0 : random.nextInt(tried);
            upper = start;
            lower = 0;
        }
        start = Math.min(start, tried);
        upper = Math.min(upper, tried);
    }

    /** The next row, which counts as told from now on, or -1 if all were. */
    int next(int tried) {
        if (upper < tried) {
            return upper++;
        }
        return lower < start ? lower++ : -1;
    }

    /** With the next reply it begins anew. */
    void forget() {
        begun = false;
    }
}
