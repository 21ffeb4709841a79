package org.torpeer.sim;

import java.util.List;
import java.util.stream.LongStream;
import org.torpeer.api.InvalidInputException;

/**
 * The same plan under several seeds, to tell what is the scenario's from what is chance's.
 *
 * @param first the plan of the first seed; the others follow it one by one
 * @param seeds how many
 */
public record Experiment(RunPlan first, int seeds) {
    public static final int MAX_SEEDS = 10_000;

    /**
     * @throws InvalidInputException if there are none, or more than {@value #MAX_SEEDS}
     */
    public Experiment {
        if (seeds < 1 || seeds > MAX_SEEDS) {
            throw new InvalidInputException("an experiment has 1 to " + MAX_SEEDS + " seeds, not " + seeds);
        }
    }

    public List<RunPlan> plans() {
        return LongStream.range(0, seeds)
                .mapToObj(i -> first.seeded(first.seed() + i))
                .toList();
    }
}
