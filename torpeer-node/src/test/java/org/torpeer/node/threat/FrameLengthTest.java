package org.torpeer.node.threat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.torpeer.node.LoopbackNodes;
import org.torpeer.proto.FrameReader;
import org.torpeer.testkit.TestSeed;
import org.torpeer.testkit.adversary.AttackingSession;

/** Lengths no frame has: nothing is allocated for it, and the connection ends; at once if it was authenticated. */
class FrameLengthTest {
    private static final int[] IMPOSSIBLE = {
        0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, FrameReader.BEFORE_AUTHENTICATION + 1
    };

    private final Random random = TestSeed.random("FrameLengthTest");
    private final AttackedNode attacked = AttackedNode.hasty(random, LoopbackNodes.EASY);

    @AfterEach
    void theNodeStillServes() throws Exception {
        attacked.assertServes();
        attacked.close();
    }

    @Test
    void beforeAuthentication() {
        List<AttackingSession> sessions = new ArrayList<>();
        for (int length : IMPOSSIBLE) {
            for (int sentTogether : new int[] {4, 5, 1000}) {
                AttackingSession session = attacked.mallory.dial(attacked.node.endpoint());
                sessions.add(session);
                session.sendBytes(announcing(length, sentTogether));
            }
        }
        for (AttackingSession session : sessions) {
            session.awaitClose();
            assertThat(session.receivedBytes()).isZero();
            session.close();
        }
        assertThat(attacked.node.peers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, FrameReader.AFTER_AUTHENTICATION + 1})
    void afterAuthentication(int length) {
        try (AttackingSession session = attacked.authenticated()) {
            assertThat(session.isAnswered()).isTrue();
            session.sendBytes(announcing(length, 4));
            session.awaitClose();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 5, 100, FrameReader.AFTER_AUTHENTICATION - 1})
    void cutOffInTheMiddle(int sent) {
        try (AttackingSession session = attacked.authenticated()) {
            session.sendBytes(announcing(FrameReader.AFTER_AUTHENTICATION, 4 + sent));
        }
    }

    /** The length as u32 big-endian, and bytes so that so many are sent altogether. */
    private byte[] announcing(int length, int together) {
        byte[] bytes = new byte[Math.max(4, together)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes).putInt(0, length).array();
    }
}
