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

    @Test
    @DisplayName("an honest node is eclipsed while all of its sessions are with malicious ones")
    void eclipsed() {
        Sessions sessions = new Sessions(4);
        BitSet malicious = bits(2, 3);
        assertThat(sessions.eclipsed(up, malicious)).isZero();
        link(sessions, 0, 2);
        link(sessions, 0, 3);
        link(sessions, 2, 3);
        assertThat(sessions.eclipsed(up, malicious)).isEqualTo(1);
        assertThat(sessions.eclipsed(up, new BitSet())).isZero();
        link(sessions, 0, 1);
        assertThat(sessions.eclipsed(up, malicious)).isZero();
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
