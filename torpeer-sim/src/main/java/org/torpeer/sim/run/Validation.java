package org.torpeer.sim.run;

import java.util.List;
import org.torpeer.sim.Figure;
import org.torpeer.sim.internal.Selection;
import org.torpeer.sim.internal.figures.Figures;

/** Published figures of well-known protocols, measured on the engine that runs the simulations. */
public final class Validation {
    private Validation() {}

    /** Measures every figure; takes some seconds. The same seed gives the same measurements. */
    public static List<Figure> run(long seed) {
        return Figures.measure(seed, Selection.UNIFORM);
    }
}
