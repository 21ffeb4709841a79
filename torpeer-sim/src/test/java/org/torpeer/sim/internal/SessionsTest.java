package org.torpeer.sim.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class SessionsTest {
    private final BitSet up = bits(0, 1, 2, 3);

    @Test
    @DisplayName("a session to a node that crashed is no link any more")
    void crashed() {
        Sessions sessions = new Sessions(5);
        link(sessions, 0, 1);
        link(sessions, 1, 2);
        assertThat(sessions.graph(up).largestComponent()).isEqualTo(3);
        sessions.ended(1);
        up.clear(1);
        assertThat(sessions.graph(up).topology().nodes()).isEqualTo(3);
        assertThat(sessions.graph(up).largestComponent()).isEqualTo(1);
        sessions.closed(0, 1);
        assertThat(sessions.of(0)).isEmpty();
    }

    private static void link(Sessions sessions, int one, int other) {
        sessions.opened(one, other);
        sessions.opened(other, one);
        sessions.opened(other, one);
    }

    private static BitSet bits(int... all) {
        BitSet bits = new BitSet();
        for (int each : all) {
            bits.set(each);
        }
        return bits;
    }
}
