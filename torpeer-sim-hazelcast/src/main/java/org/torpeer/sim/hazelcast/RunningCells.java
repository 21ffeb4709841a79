package org.torpeer.sim.hazelcast;

import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.torpeer.api.TorPeerException;
import org.torpeer.sim.PlanText;
import org.torpeer.sim.RunJson;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.RunResult;
import org.torpeer.sim.run.HeapNeed;
import org.torpeer.sim.run.Simulation;

/**
 * The cells that run on this worker: beside each other as far as the heap allows, and each only as long as the sweep that
 * wants it is connected. Safe for several threads.
 */
final class RunningCells {
    private static final int MIB_SHIFT = 20;

    private static final class Cell {
        private final UUID client;
        private volatile boolean abandoned;

        Cell(UUID client) {
            this.client = client;
        }
    }

    private final Predicate<UUID> connected;
    private final int heapMib = mib(Runtime.getRuntime().maxMemory());
    private final Semaphore heap = new Semaphore(heapMib, true);
    private final Collection<Cell> cells = new ConcurrentLinkedQueue<>();

    /**
     * @param connected whether a client is
     */
    RunningCells(Predicate<UUID> connected) {
        this.connected = connected;
    }

    /** Runs a plan; never throws, for an exception would have to be carried back. */
    String run(UUID client, String plan) {
        Cell cell = new Cell(client);
        cells.add(cell);
        try {
            if (!connected.test(client)) {
                return CellAnswer.failure("the sweep is gone");
            }
            return run(cell, PlanText.parse(plan));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CellAnswer.failure("broken off");
        } catch (OutOfMemoryError e) {
            return CellAnswer.failure("the heap of the worker was too small");
        } catch (TorPeerException e) {
            return CellAnswer.failure(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return CellAnswer.failure("unexpected " + e);
        } finally {
            cells.remove(cell);
        }
    }

    private String run(Cell cell, RunPlan plan) throws InterruptedException {
        HeapNeed.check(plan);
        int need = Math.min(heapMib, mib(HeapNeed.of(plan)));
        heap.acquire(need);
        try {
            RunResult result = Simulation.run(plan, sample -> !cell.abandoned);
            return result.complete() ? RunJson.text(result) : CellAnswer.failure("broken off");
        } finally {
            heap.release(need);
        }
    }

    /** Breaks off what a client wanted, since nobody waits for it any more. */
    void abandon(UUID client) {
        cells.stream().filter(cell -> cell.client.equals(client)).forEach(cell -> cell.abandoned = true);
    }

    /** Breaks off all. */
    void abandonAll() {
        cells.forEach(cell -> cell.abandoned = true);
    }

    private static int mib(long bytes) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes >> MIB_SHIFT));
    }
}
