package org.torpeer.sim;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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
     * @throws InvalidInputException if there are none, more than {@value #MAX_SEEDS}, or more than follow the first
     */
    public Experiment {
        if (seeds < 1 || seeds > MAX_SEEDS) {
            throw new InvalidInputException("an experiment has 1 to " + MAX_SEEDS + " seeds, not " + seeds);
        }
        if (first.seed() > Long.MAX_VALUE - (seeds - 1)) {
            throw new InvalidInputException(
                    "there are seeds up to " + Long.MAX_VALUE + ": not " + seeds + " from " + first.seed() + " on");
        }
    }

    /**
     * The same experiment with each choice of defences there is, from none to all; empty unless the scenario has an
     * adversary that is to be {@linkplain Adversary#compared compared}.
     */
    public List<Experiment> compared() {
        Scenario scenario = first.scenario();
        Adversary adversary = scenario.adversary();
        if (adversary == null || !adversary.compared()) {
            return List.of();
        }
        return Stream.of(Defences.values())
                .map(defences -> scenario.against(adversary.against(defences)))
                .map(other -> new Experiment(new RunPlan(other, first.nodes(), first.seed(), first.crypto()), seeds))
                .toList();
    }

    public List<RunPlan> plans() {
        return LongStream.range(0, seeds)
                .mapToObj(i -> first.seeded(first.seed() + i))
                .toList();
    }
}
