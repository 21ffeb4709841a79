package org.torpeer.sim.internal.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.sim.Figure;
import org.torpeer.sim.internal.Selection;

/** The seed is fixed: a figure within four standard errors is outside now and then, for some seed. */
final class FiguresTest {
    private static final long SEED = 1;

    /** Every tenth choice prefers the lower of two numbers. */
    private static final Selection BIASED = (self, members, random) -> {
        int chosen = Selection.UNIFORM.other(self, members, random);
        return random.nextInt(10) == 0 ? Math.min(chosen, Selection.UNIFORM.other(self, members, random)) : chosen;
    };

    @Test
    @DisplayName("the engine gives the published figures")
    void published() {
        assertThat(figures(Selection.UNIFORM)).hasSize(6).allMatch(Figure::passes, "passes");
    }

    @Test
    @DisplayName("a selection that is a little biased is caught")
    void biased() {
        assertThat(figures(BIASED)).anyMatch(figure -> !figure.passes());
    }

    @Test
    @DisplayName("a selection with favourites is caught by every figure")
    void favourites() {
        Selection favourites = (self, members, random) -> {
            int first = Selection.UNIFORM.other(self, members, random);
            return Math.min(first, Selection.UNIFORM.other(self, members, random));
        };
        assertThat(figures(favourites).stream().filter(Figure::passes)).isEmpty();
    }

    private static List<Figure> figures(Selection selection) {
        List<Figure> figures = new ArrayList<>();
        figures.add(Figures.rounds(100, 12.36, 1_000, selection, SEED));
        figures.add(Figures.detection(10, 1.530, 4_000, selection, SEED));
        figures.add(Figures.maliciousView(SEED, selection));
        figures.addAll(Figures.digraph(SEED, selection));
        return figures;
    }
}
