package org.torpeer.pow.internal;

import java.util.concurrent.atomic.AtomicLong;
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

    private final MiningJob job;
    private final EventLoop time;
    private final Odds odds;
    private final long begun;
    private final Promise<Long> promise = new Promise<>();
    private final AtomicLong next;
    private final LongAdder attempts = new LongAdder();
    /** Touched by the first thread only. */
    private long lastReport;

    Search(MiningJob job, EventLoop time) {
        this.job = job;
        this.time = time;
        odds = Odds.of(job.algorithm(), job.bits());
        begun = time.nanoTime();
        lastReport = begun;
        next = new AtomicLong(job.firstNonce());
    }

    Operation<Long> start() {
        try {
            startThread(1, this::reportIfDue);
            for (int i = 2; i <= job.threads(); i++) {
                startThread(i, () -> {});
            }
        } catch (OutOfMemoryError e) {
            // Thrown when the system has no more threads; those already started must not search on for nobody.
            promise.fail(new TorPeerException("no more threads can be made: mine with fewer", e));
        }
        return promise;
    }

    private void startThread(int number, Runnable afterBatch) {
        Thread thread = new Thread(() -> run(afterBatch), "torpeer-miner-" + number);
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Runnable afterBatch) {
        try {
            PowKernel kernel = job.algorithm().newKernel(job.parameters());
            BatchSize size = new BatchSize();
            while (!promise.isDone()) {
                searchBatch(kernel, size);
                afterBatch.run();
            }
        } catch (Throwable e) {
            promise.fail(e);
        }
    }

    private void searchBatch(PowKernel kernel, BatchSize size) {
        int count = size.next();
        long first = next.getAndAdd(count);
        long before = time.nanoTime();
        int found = kernel.search(job.prefix(), first, count, job.bits());
        size.took(count, time.nanoTime() - before);
        attempts.add(count);
        if (found != PowKernel.NONE) {
            promise.complete(confirmed(kernel, first + found));
        }
    }

    /** A proof is kept for long and shown to everyone: a kernel's find is worth a second look. */
    private long confirmed(PowKernel kernel, long nonce) {
        if (kernel.score(job.prefix(), nonce) < job.bits()) {
            throw new TorPeerException("the algorithm " + job.algorithm().name()
                    + " is broken: its search found a nonce that it does not score " + job.bits() + " bits");
        }
        return nonce;
    }

    private void reportIfDue() {
        long now = time.nanoTime();
        if (now - lastReport < REPORT_NANOS || promise.isDone()) {
            return;
        }
        lastReport = now;
        promise.report(odds.after(attempts.sum(), now - begun));
    }
}
