package org.torpeer.sim.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.sim.Milestones;

final class AcquaintanceTest {
    @Test
    @DisplayName("notes when shares are first reached, counts each pair once, and forgets")
    void milestones() {
        Acquaintance books = new Acquaintance(3);
        books.add(0, 0, 1);
        books.add(0, 1, 2);
        books.add(0, 1, 3);
        books.add(1, 0, 4);
        assertThat(books.milestones().p50Seconds()).isNull();
        books.add(2, 0, 5);
        books.forget(2);
        books.add(2, 1, 6);
        books.add(2, 0, 7);
        books.add(0, 2, 8);
        assertThat(books.complete()).isFalse();
        books.add(1, 2, 9);
        assertThat(books.complete()).isTrue();
        assertThat(books.milestones()).isEqualTo(new Milestones(5.0, 9.0, 9.0, 9.0));
    }

    @Test
    @DisplayName("shares are of the nodes that run")
    void shares() {
        Acquaintance books = new Acquaintance(3);
        books.add(0, 1, 0);
        books.add(0, 2, 0);
        books.add(1, 2, 0);
        BitSet up = new BitSet();
        up.set(0, 2);
        assertThat(books.among(up)).isCloseTo(0.5, within(1e-12));
        assertThat(books.outside(up)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(books.among(new BitSet())).isZero();
        assertThat(books.outside(new BitSet())).isZero();
    }
}
