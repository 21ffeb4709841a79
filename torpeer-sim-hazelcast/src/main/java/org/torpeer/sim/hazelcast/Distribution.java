package org.torpeer.sim.hazelcast;

import com.hazelcast.cluster.Member;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.Driver;
import org.torpeer.sim.PlanText;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.spi.SweepWatch;

/**
 * Gives each worker as many cells as it runs at the same time, and the next one when one is back: fast ones do more, and
 * one that comes later gets its share. All on the caller's thread.
 */
@Driver("waits for other machines")
final class Distribution {
    private static final int MAX_ATTEMPTS = 3;
    private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long a worker that was lost gets nothing: the others notice that it is gone, or it comes back. */
    private static final Duration DOUBT = Duration.ofSeconds(5);

    /**
     * @param last the worker that had it last
     */
    private record Cell(
            RunPlan plan, int attempts, @Nullable UUID last) {}

    private record Attempt(Cell cell, Member worker, Future<String> answer) {}

    private final Workers workers;
    private final SweepWatch watch;
    private final Queue<Cell> waiting = new ArrayDeque<>();
    private final List<Attempt> underWay = new ArrayList<>();
    private final Map<UUID, Long> lostAt = new HashMap<>();
    private @Nullable RuntimeException failure;
    private long idleSince = System.nanoTime();

    Distribution(Workers workers, List<RunPlan> plans, SweepWatch watch) {
        this.workers = workers;
        this.watch = watch;
        plans.forEach(plan -> waiting.add(new Cell(plan, 0, null)));
    }

    /** Returns when all are back, or it was cancelled. */
    void run() {
        while (!watch.cancelled()) {
            collect();
            if (failure == null) {
                handOut();
            }
            if (underWay.isEmpty()) {
                if (failure != null) {
                    throw failure;
                }
                if (waiting.isEmpty()) {
                    return;
                }
            }
            checkPatience();
            LockSupport.parkNanos(PAUSE_NANOS);
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void handOut() {
        List<Member> ready = workers.now().stream().filter(this::isTrusted).toList();
        for (Member worker : ready) {
            long busy = underWay.stream()
                    .filter(attempt -> attempt.worker().equals(worker))
                    .count();
            for (long slot = busy; slot < Workers.cores(worker); slot++) {
                Cell cell = next(worker, ready.size() == 1);
                if (cell == null) {
                    break;
                }
                give(cell, worker);
            }
        }
    }

    private boolean isTrusted(Member worker) {
        Long lost = lostAt.get(worker.getUuid());
        return lost == null || System.nanoTime() - lost > DOUBT.toNanos();
    }

    /** What went wrong at a worker is tried elsewhere, if there is another one. */
    private @Nullable Cell next(Member worker, boolean alone) {
        Iterator<Cell> cells = waiting.iterator();
        while (cells.hasNext()) {
            Cell cell = cells.next();
            if (alone || !worker.getUuid().equals(cell.last())) {
                cells.remove();
                return cell;
            }
        }
        return null;
    }

    private void give(Cell cell, Member worker) {
        String text = PlanText.of(cell.plan());
        try {
            underWay.add(new Attempt(cell, worker, workers.give(worker, text)));
        } catch (RuntimeException e) {
            lost(cell, worker);
        }
    }

    private void collect() {
        List<Attempt> back =
                underWay.stream().filter(attempt -> attempt.answer().isDone()).toList();
        underWay.removeAll(back);
        back.forEach(this::settle);
    }

    private void settle(Attempt attempt) {
        try {
            String answer = attempt.answer().get();
            if (CellAnswer.isResult(answer)) {
                watch.ended(attempt.cell().plan(), answer);
            } else {
                again(attempt.cell(), attempt.worker(), answer);
            }
        } catch (ExecutionException e) {
            lost(attempt.cell(), attempt.worker());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void lost(Cell cell, Member worker) {
        lostAt.put(worker.getUuid(), System.nanoTime());
        again(cell, worker, "was lost");
    }

    private void again(Cell cell, Member worker, String why) {
        Cell next = new Cell(cell.plan(), cell.attempts() + 1, worker.getUuid());
        String what = cell.plan().scenario().name() + " with " + cell.plan().nodes() + " nodes and seed "
                + cell.plan().seed() + ": the worker at " + Settings.text(worker.getSocketAddress()) + " " + why;
        if (next.attempts() == MAX_ATTEMPTS) {
            failed(new TorPeerException(what + ", as " + (MAX_ATTEMPTS - 1) + " before; finished runs are kept"));
            return;
        }
        watch.tell(what + "; it is run again");
        waiting.add(next);
    }

    private void failed(RuntimeException e) {
        if (failure == null) {
            failure = e;
        }
    }

    private void checkPatience() {
        if (!underWay.isEmpty()) {
            idleSince = System.nanoTime();
        } else if (System.nanoTime() - idleSince > PATIENCE.toNanos()) {
            throw new TorPeerException("no worker was left for " + PATIENCE.toSeconds() + " seconds: start some");
        }
    }
}
