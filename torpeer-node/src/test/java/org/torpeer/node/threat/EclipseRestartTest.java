package org.torpeer.node.threat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.torpeer.api.Endpoint;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.PeerId;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.node.internal.book.BookShape;
import org.torpeer.testkit.TestSeed;
import org.torpeer.testkit.adversary.AttackingSession;
import org.torpeer.testkit.adversary.Persona;
import org.torpeer.transport.loopback.NetworkObserver;

/**
 * Somebody fills the address book with peers of his own, each with a genuine proof, and waits for the node to start again;
 * then he is the first at its door.
 */
class EclipseRestartTest {
    private static final int HONEST = 12;
    /** Of the attacker that speak to the node. */
    private static final int VOICES = 16;

    private static final int RECORDS_EACH = 110;
    /** 1,024 places for peers heard of; so mature that they are looked at one every two minutes. */
    private static final BookShape SHAPE = new BookShape(16, 64, HONEST / 2);

    private final Random random = TestSeed.random("EclipseRestartTest");
    private final AttackedBook attacked = new AttackedBook(random, SHAPE, HONEST);
    private final Set<PeerId> attackers = new HashSet<>();
    private final List<PeerId> dialed = new ArrayList<>();

    @Test
    void aNodeWhoseBookIsFullOfAttackersFindsItsHonestPeersAgain() {
        List<Persona> voices = Stream.generate(() -> attacked.maker.persona(attacked.newKey()))
                .limit(VOICES)
                .toList();
        voices.forEach(voice -> attackers.add(voice.key().id()));
        voices.forEach(this::fillTheBook);
        attacked.run(Duration.ofMinutes(1));
        long foreign = attackersKnown();
        System.out.println("peers of the attacker in the book: " + foreign);
        assertThat(foreign).as("nearly all places are taken").isGreaterThan(900);

        attacked.crash();
        attacked.run(Duration.ofMinutes(1));
        attacked.nodes.network().observe(new NetworkObserver() {
            @Override
            public void delivered(NodeRuntime at, byte[] chunk) {}

            @Override
            public void dialed(NodeRuntime by, Endpoint target, @Nullable TransportFailure failure) {
                if (by.equals(attacked.node.runtime())) {
                    dialed.add(target.peer());
                }
            }
        });
        attacked.restart();
        voices.forEach(voice -> attacked.mallory.connect(attacked.endpoint(), voice));
        attacked.run(Duration.ofMinutes(2));

        assertThat(attackersKnown()).as("they are still in the book").isGreaterThan(900);
        assertThat(dialed.subList(0, 2)).as("whom it dials first").allMatch(attacked.honestIds()::contains);
        assertThat(attacked.node.assembly().dialed())
                .as("those it chose to be connected with")
                .isNotEmpty()
                .allMatch(attacked.honestIds()::contains);
        assertThat(attacked.node.node().peers().stream()
                        .filter(KnownPeer::connected)
                        .map(KnownPeer::id)
                        .filter(attacked.honestIds()::contains))
                .hasSizeGreaterThanOrEqualTo(8);
        assertThat(attacked.node.assembly().partners()).containsExactlyInAnyOrderElementsOf(attacked.honestIds());
    }

    /** Tells of peers that are there, in a way: whoever dials them waits in vain. */
    private void fillTheBook(Persona voice) {
        try (AttackingSession session = attacked.mallory.connect(attacked.endpoint(), voice)) {
            List<SignedPeerRecord> told = Stream.generate(() -> attacked.maker.record(attacked.newKey()))
                    .limit(RECORDS_EACH)
                    .toList();
            told.forEach(record -> attacked.nodes.network().hang(record.peer()));
            told.forEach(record -> attackers.add(record.peer()));
            assertThat(session.offer(told)).isTrue();
            assertThat(session.isAnswered()).isTrue();
        }
    }

    private long attackersKnown() {
        return attacked.node.node().peers().stream()
                .filter(peer -> attackers.contains(peer.id()))
                .count();
    }
}
