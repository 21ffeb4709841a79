package org.torpeer.sim.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.sim.Milestones;
import org.torpeer.testkit.TestSeed;

final class AcquaintanceTest {
    private static final BitSet NOBODY = new BitSet();

    @Test
    @DisplayName("notes when shares are first reached, counts each pair once, and forgets")
    void milestones() {
        Acquaintance books = new Acquaintance(3, NOBODY);
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
        assertThat(books.share()).isLessThan(1);
        books.add(1, 2, 9);
        assertThat(books.share()).isEqualTo(1);
        assertThat(books.milestones()).isEqualTo(new Milestones(5.0, 9.0, 9.0, 9.0));
    }

    @Test
    @DisplayName("shares are of the nodes that run")
    void shares() {
        Acquaintance books = new Acquaintance(3, NOBODY);
        books.started(0);
        books.add(0, 1, 0);
        books.add(0, 2, 0);
        books.started(1);
        books.add(1, 2, 0);
        assertThat(books.among()).isCloseTo(0.5, within(1e-12));
        assertThat(books.stale()).isCloseTo(2 / 3.0, within(1e-12));
        books.stopped(1);
        assertThat(books.stale()).isCloseTo(1, within(1e-12));
        assertThat(books.among()).isZero();
        books.stopped(0);
        assertThat(books.stale()).isZero();
    }

    @Test
    @DisplayName("what is counted along is what counting from scratch gives, whatever happens")
    void countedAlong() {
        RandomGenerator random = TestSeed.random("AcquaintanceTest");
        int nodes = 9;
        BitSet bad = new BitSet();
        bad.set(7, 9);
        Acquaintance books = new Acquaintance(nodes, bad);
        boolean[][] known = new boolean[nodes][nodes];
        boolean[] up = new boolean[nodes];
        for (int step = 0; step < 3_000; step++) {
            int node = random.nextInt(nodes);
            int other = random.nextInt(nodes);
            switch (random.nextInt(8)) {
                case 0 -> {
                    books.started(node);
                    up[node] = true;
                }
                case 1 -> {
                    books.stopped(node);
                    up[node] = false;
                }
                case 2 -> {
                    if (!up[node]) {
                        books.forget(node);
                        known[node] = new boolean[nodes];
                    }
                }
                default -> {
                    books.add(node, other, step);
                    known[node][other] = node != other;
                }
            }
            check(books, known, up, bad);
        }
    }

    private static void check(Acquaintance books, boolean[][] known, boolean[] up, BitSet bad) {
        int members = 0;
        int held = 0;
        int current = 0;
        int honest = 0;
        int tainted = 0;
        int found = 0;
        for (int node = 0; node < up.length; node++) {
            members += up[node] && !bad.get(node) ? 1 : 0;
            for (int other = 0; other < up.length; other++) {
                boolean entry = up[node] && known[node][other];
                held += entry ? 1 : 0;
                current += entry && up[other] ? 1 : 0;
                found += entry && up[other] && !bad.get(node) && !bad.get(other) ? 1 : 0;
                honest += entry && !bad.get(node) ? 1 : 0;
                tainted += entry && !bad.get(node) && bad.get(other) ? 1 : 0;
            }
        }
        double among = members < 2 ? 0 : (double) found / (members * (members - 1));
        assertThat(books.among()).isCloseTo(among, within(1e-12));
        assertThat(books.stale()).isCloseTo(held == 0 ? 0 : 1 - (double) current / held, within(1e-12));
        assertThat(books.malicious()).isCloseTo(honest == 0 ? 0 : (double) tainted / honest, within(1e-12));
    }
}
