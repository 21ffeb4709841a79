package org.torpeer.pow.internal;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.torpeer.api.Operation;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.Driver;
import org.torpeer.api.runtime.EventLoop;
import org.torpeer.api.runtime.Promise;
import org.torpeer.api.spi.pow.MiningJob;
import org.torpeer.api.spi.pow.PowKernel;

/**
 * One job under way. Every thread takes the next nonces that nobody has, until the promise is done: by a find, a failure
 * or a cancel.
 */
@Driver("a search keeps whole processors busy; on virtual threads it would hold up everything that reads and writes")
final class Search {
    private static final long REPORT_NANOS = 250_000_000;
    /** Offset of a thread that has not begun. */
    private static final long NOT_BEGUN = Long.MAX_VALUE;

    private final MiningJob job;
    private final byte[] prefix;
    private final EventLoop time;
    private final Odds odds;
    private final SearchLog log;
    private final Effort before;
    private final long begun;
    private final Promise<Long> promise = new Promise<>();
    /** Nonces handed out, counted from the job's first. */
    private final AtomicLong taken = new AtomicLong();
    /** For each thread, an offset before which it has nothing left to try. */
    private final AtomicLongArray underWay;

    /** Threads that have not ended, those not yet started among them. */
    private final AtomicInteger running;

    private final AtomicBoolean won = new AtomicBoolean();
    private final LongAdder attempts = new LongAdder();
    /** Touched by the first thread only, like what follows. */
    private long lastReport;
    /** The first batch may have waited until kernels were tried, which says nothing of their speed. */
    private boolean measuring;

    private long measuredSince;
    private long triedBefore;

    /** A search of which nothing is kept. */
    Search(MiningJob job, EventLoop time) {
        this(job, time, Effort.NONE, SearchLog.NONE);
    }

    /**
     * @param before what was spent on the same search earlier
     * @param log is told, on mining threads, how far the search has come
     */
    Search(MiningJob job, EventLoop time, Effort before, SearchLog log) {
        this.job = job;
        this.time = time;
        this.before = before;
        this.log = log;
        prefix = job.prefix();
        odds = Odds.of(job.algorithm(), job.bits());
        begun = time.nanoTime();
        lastReport = begun;
        running = new AtomicInteger(job.threads());
        underWay = new AtomicLongArray(job.threads());
        for (int i = 0; i < job.threads(); i++) {
            underWay.set(i, NOT_BEGUN);
        }
    }

    Operation<Long> start() {
        int started = 0;
        try {
            while (started < job.threads()) {
                startThread(started);
                started++;
            }
        } catch (OutOfMemoryError e) {
            // Thrown when the system has no more threads; those already started must not search on for nobody.
            promise.fail(new TorPeerException("no more threads can be made: mine with fewer", e));
            end(job.threads() - started);
        }
        return promise;
    }

    private void startThread(int number) {
        Thread thread = new Thread(() -> run(number), "torpeer-miner-" + (number + 1));
        thread.setDaemon(true);
        thread.start();
    }

    private void run(int number) {
        try {
            PowKernel kernel = job.algorithm().newKernel(job.parameters());
            BatchSize size = new BatchSize(kernel instanceof WatchedKernel);
            // Not only until the result is known: whose find came second must not begin another batch in between, for
            // the
            // frontier would pass what it found.
            while (!promise.isDone() && !won.get()) {
                searchBatch(kernel, size, number);
                tell(number);
            }
            log.left(frontier(), effort());
        } catch (Throwable e) {
            promise.fail(e);
        } finally {
            end(1);
        }
    }

    private void end(int threads) {
        if (running.addAndGet(-threads) == 0) {
            log.ended();
        }
    }

    private void searchBatch(PowKernel kernel, BatchSize size, int number) {
        int count = size.next();
        // Before it is taken, so that a batch is never neither handed out nor under way.
        underWay.set(number, taken.get());
        long offset = taken.getAndAdd(count);
        underWay.set(number, offset);
        long before = time.nanoTime();
        Pulse pulse = new Pulse(number, offset);
        int found = search(kernel, job.firstNonce() + offset, count, pulse);
        if (found != PowKernel.NONE) {
            found(confirmed(kernel, job.firstNonce() + offset + found), pulse, found + 1);
        } else if (!pulse.stopped) {
            pulse.reached(count);
            size.took(count, time.nanoTime() - before);
        }
    }

    private int search(PowKernel kernel, long first, int count, Pulse pulse) {
        return kernel instanceof WatchedKernel watched
                ? watched.search(prefix, first, count, job.bits(), pulse)
                : kernel.search(prefix, first, count, job.bits());
    }

    /** Of several finds only the first counts: the nonces up to another are left to a later search. */
    private void found(long nonce, Pulse pulse, int tried) {
        if (!won.compareAndSet(false, true)) {
            return;
        }
        pulse.reached(tried);
        log.found(nonce, frontier(), effort());
        promise.complete(nonce);
    }

    /** A proof is kept for long and shown to everyone: a kernel's find is worth a second look. */
    private long confirmed(PowKernel kernel, long nonce) {
        if (kernel.score(prefix, nonce) < job.bits()) {
            throw new TorPeerException("the algorithm " + job.algorithm().name()
                    + " is broken: its search found a nonce that it does not score " + job.bits() + " bits");
        }
        return nonce;
    }

    /** The first thread speaks for all. */
    private void tell(int number) {
        long now = time.nanoTime();
        if (number != 0 || promise.isDone()) {
            return;
        }
        Effort spent = effort();
        log.reached(frontier(), spent);
        if (!measuring) {
            measuring = true;
            measuredSince = now;
            triedBefore = spent.attempts();
        } else if (now - lastReport >= REPORT_NANOS) {
            lastReport = now;
            promise.report(odds.after(spent.attempts(), spent.attempts() - triedBefore, now - measuredSince));
        }
    }

    private Effort effort() {
        return before.plus(attempts.sum(), time.nanoTime() - begun);
    }

    /** The first nonce that may not have been tried. */
    private long frontier() {
        long offset = taken.get();
        for (int i = 0; i < underWay.length(); i++) {
            offset = Math.min(offset, underWay.get(i));
        }
        return job.firstNonce() + offset;
    }

    /** Counts what a batch has tried, reports while a long one lasts, and ends it when the search ends. */
    @Driver("as the class around it")
    private final class Pulse implements WatchedKernel.Watch {
        private final int number;
        private final long offset;
        private int counted;
        private boolean stopped;

        Pulse(int number, long offset) {
            this.number = number;
            this.offset = offset;
        }

        @Override
        public boolean goOn(int tried) {
            reached(tried);
            tell(number);
            stopped = promise.isDone();
            return !stopped;
        }

        void reached(int tried) {
            attempts.add(tried - counted);
            counted = tried;
            underWay.set(number, offset + tried);
        }
    }
}
