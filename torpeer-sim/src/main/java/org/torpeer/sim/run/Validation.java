package org.torpeer.sim.run;

import java.util.List;
import org.torpeer.sim.Figure;
import org.torpeer.sim.internal.Selection;
import org.torpeer.sim.internal.figures.Figures;

/** Published figures of well-known protocols, measured on the engine that runs the simulations. */
public final class Validation {
    /** Every tenth choice is one of two that prefers the lower number. */
    private static final Selection BIASED = (self, members, random) -> {
        int chosen = Selection.UNIFORM.other(self, members, random);
        return random.nextInt(10) == 0 ? Math.min(chosen, Selection.UNIFORM.other(self, members, random)) : chosen;
    };

    private Validation() {}

    /** Measures every figure; takes some seconds. The same seed gives the same measurements. */
    public static List<Figure> run(long seed) {
        return Figures.measure(seed, Selection.UNIFORM);
    }

    /** As {@link #run}, on an engine that is broken on purpose, to see that it is noticed: its choices are a little biased. */
    public static List<Figure> runBiased(long seed) {
        return Figures.measure(seed, BIASED);
    }
}
