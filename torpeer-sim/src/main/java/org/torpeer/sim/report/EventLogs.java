package org.torpeer.sim.report;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.RunResult;
import org.torpeer.sim.RunWatch;
import org.torpeer.sim.run.Batch;

/** Keeps an {@link EventLog} of every run, {@code events-SEED.jsonl}. */
public final class EventLogs implements Batch.Watch {
    private final OutputFolder folder;
    private final Batch.Watch next;
    private final Map<Long, EventLog> open = new ConcurrentHashMap<>();

    /**
     * @param next watches the runs too
     */
    public EventLogs(OutputFolder folder, Batch.Watch next) {
        this.folder = folder;
        this.next = next;
    }

    @Override
    public RunWatch begins(RunPlan plan) {
        EventLog log = EventLog.in(folder, "events-" + plan.seed() + ".jsonl", next.begins(plan));
        open.put(plan.seed(), log);
        return log;
    }

    @Override
    public void ended(RunResult result) {
        EventLog log = open.remove(result.plan().seed());
        if (log != null) {
            log.close();
        }
        next.ended(result);
    }

    @Override
    public RunWatch beginsBesides(RunPlan plan) {
        return next.beginsBesides(plan);
    }

    @Override
    public void endedBesides(RunResult result) {
        next.endedBesides(result);
    }

    @Override
    public boolean cancelled() {
        return next.cancelled();
    }
}
