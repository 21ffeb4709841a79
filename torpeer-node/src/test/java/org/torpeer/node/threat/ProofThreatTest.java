package org.torpeer.node.threat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.torpeer.api.NetworkId;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.node.LoopbackNodes;
import org.torpeer.proto.RecordCodec;
import org.torpeer.proto.VerdictCode;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.testkit.TestSeed;
import org.torpeer.testkit.adversary.Altered;
import org.torpeer.testkit.adversary.AttackingSession;
import org.torpeer.testkit.adversary.Persona;

/** Identities without the work, or with somebody else's. */
class ProofThreatTest {
    private static final NetworkId ELSEWHERE = NetworkId.of("elsewhere");

    private final Random random = TestSeed.random("ProofThreatTest");
    private final AttackedNode attacked = new AttackedNode(random);

    @AfterEach
    void theNodeStillServes() throws Exception {
        attacked.assertServes();
        attacked.close();
    }

    @Test
    void wrongAtAGlanceIsDropped() throws Exception {
        List<SignedPeerRecord> wrong = List.of(attacked.bad.proofTooSmall(), attacked.bad.proofOfAnotherEpoch());
        try (AttackingSession session = attacked.authenticated()) {
            session.offer(wrong);
            attacked.tellAndWait(session, attacked.maker.record(attacked.newKey()));
        }
        attacked.assertHasNotHeardOf(wrong);
    }

    @Test
    void aProofMadeForSomethingElseEndsTheSessionOfWhoPassesItOn() {
        List<SignedPeerRecord> wrong = List.of(
                attacked.bad.proofOfAnotherKey(),
                attacked.bad.proofOfAnotherNetwork(ELSEWHERE),
                attacked.bad.proofOfAnotherEpochRelabelled(),
                attacked.bad.junkProof());
        for (SignedPeerRecord record : wrong) {
            try (AttackingSession session = attacked.authenticated()) {
                session.offer(List.of(record));
                session.awaitClose();
            }
        }
        attacked.assertHasNotHeardOf(wrong);
    }

    @Test
    void nobodyIsLetInWithAnyOfThem() {
        SeedKey key = attacked.newKey();
        Persona honest = attacked.maker.persona(key);
        ProofRequirement asked = LoopbackNodes.EASY;
        List<SignedPeerRecord> wrong = List.of(
                attacked.maker.record(
                        key, r -> Altered.proof(r, attacked.maker.proof(key, AttackedNode.NETWORK, 0, asked.epoch()))),
                attacked.maker.record(
                        key,
                        r -> Altered.proof(r, attacked.maker.proof(key, AttackedNode.NETWORK, asked.minimumBits(), 1))),
                attacked.maker.record(key, r -> Altered.proof(r, Altered.claiming(r.proof(), "", 100, asked.epoch()))),
                attacked.maker.record(
                        key,
                        r -> Altered.proof(r, Altered.claiming(r.proof(), "N=2", asked.minimumBits(), asked.epoch()))));
        for (SignedPeerRecord record : wrong) {
            assertThat(code(honest.withRecord(record))).isEqualTo(VerdictCode.PROOF_TOO_SMALL);
        }
        assertThat(code(honest.withRecord(RecordCodec.sign(honest.record().content(), ELSEWHERE, key))))
                .isEqualTo(VerdictCode.BAD_RECORD);
        attacked.assertHasNotHeardOf(wrong);
    }

    private VerdictCode code(Persona persona) {
        try (AttackingSession session = attacked.mallory.dial(attacked.node.endpoint())) {
            VerdictCode code = session.authenticate(persona).code();
            session.awaitClose();
            return code;
        }
    }
}
