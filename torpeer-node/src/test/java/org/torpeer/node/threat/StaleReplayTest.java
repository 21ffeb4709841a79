package org.torpeer.node.threat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.PeerStatus;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.node.LoopbackNodes;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.testkit.TestSeed;
import org.torpeer.testkit.adversary.Altered;
import org.torpeer.testkit.adversary.AttackingSession;

/** Records that were genuine once are shown again. */
class StaleReplayTest {
    private final Random random = TestSeed.random("StaleReplayTest");
    private final AttackedNode attacked = new AttackedNode(random);
    private final SeedKey victim = attacked.newKey();

    @AfterEach
    void theNodeStillServes() throws Exception {
        attacked.assertServes();
        attacked.close();
    }

    @Test
    void anOlderRecordReplacesNoNewerOne() throws Exception {
        SignedPeerRecord older = numbered(1);
        SignedPeerRecord newer = numbered(2);
        try (AttackingSession session = attacked.authenticated()) {
            attacked.tellAndWait(session, newer);
            session.offer(List.of(older, older));
            attacked.tellAndWait(session, attacked.maker.record(attacked.newKey()));
        }
        assertThat(known(victim.id()).record()).isEqualTo(newer);
    }

    @Test
    void whoLeftIsNotBroughtBackByWhatItSaidBefore() throws Exception {
        SignedPeerRecord active = numbered(5);
        SignedPeerRecord leaving = attacked.maker.record(victim, r -> Altered.state(r, PeerState.LEAVING, 6));
        try (AttackingSession session = attacked.authenticated()) {
            attacked.tellAndWait(session, active);
            session.offer(List.of(leaving));
            LoopbackNodes.await(
                    attacked.node, () -> known(victim.id()).status() == PeerStatus.LEFT, "the peer said goodbye");
            session.offer(List.of(active));
            attacked.tellAndWait(session, attacked.maker.record(attacked.newKey()));
        }
        assertThat(known(victim.id()).status()).isEqualTo(PeerStatus.LEFT);
    }

    @Test
    void anExpiredRecordIsNotTakenForAnother() throws Exception {
        SignedPeerRecord expired = attacked.bad.expired(Duration.ofMinutes(20));
        SignedPeerRecord shortly = attacked.bad.expired(Duration.ofHours(-1));
        try (AttackingSession session = attacked.authenticated()) {
            session.offer(List.of(expired));
            attacked.tellAndWait(session, shortly);
        }
        attacked.assertHasNotHeardOf(List.of(expired));
    }

    private SignedPeerRecord numbered(long sequence) {
        return attacked.maker.record(victim, (PeerRecord record) -> Altered.sequence(record, sequence));
    }

    private KnownPeer known(PeerId peer) {
        return attacked.node.peers().stream()
                .filter(known -> known.id().equals(peer))
                .findFirst()
                .orElseThrow();
    }
}
