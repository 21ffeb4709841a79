package org.torpeer.node.threat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.torpeer.api.Endpoint;
import org.torpeer.api.PeerId;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.node.internal.book.BookShape;
import org.torpeer.testkit.TestSeed;
import org.torpeer.testkit.adversary.AttackingListener;
import org.torpeer.testkit.adversary.AttackingSession;
import org.torpeer.testkit.adversary.Persona;

/**
 * Peers of an attacker that are really there, one after the other and many times more than the node can remember: each
 * comes, is dialed back, authenticates itself, and would have the place of somebody else. No honest peer that answers
 * loses its own, even if it misses a dial now and then.
 */
class TriedPoisoningTest {
    private static final int HONEST = 20;
    private static final int SYBILS = 200;
    /** Places for 64 peers that were reached. The book stays young, so everybody who comes is dialed back at once. */
    private static final BookShape SHAPE = new BookShape(16, 1);

    private static final int HICCUP_EVERY = 10;
    private static final Duration HICCUP = Duration.ofSeconds(5);

    private final Random random = TestSeed.random("TriedPoisoningTest");
    private final AttackedBook attacked = new AttackedBook(random, SHAPE, HONEST);

    @Test
    void anHonestPeerThatAnswersIsNeverEvicted() {
        for (int i = 0; i < SYBILS; i++) {
            becomeReached(attacked.maker.persona(attacked.newKey()));
            if (i % HICCUP_EVERY == 0) {
                hiccup(attacked.honestIds().get(random.nextInt(HONEST)));
            }
            assertThat(partners()).containsAll(attacked.honestIds());
        }
        attacked.run(Duration.ofMinutes(30));
        assertThat(partners()).containsAll(attacked.honestIds());
        int sybils = partners().size() - HONEST;
        System.out.println("of " + SYBILS + " reached, with a place: " + sybils);
        assertThat(sybils).as("there was room for no more").isBetween(30, BookShape.BUCKET - HONEST);
    }

    @Test
    void whoShowsAnothersRecordWhenItIsLookedAtIsNotReached() {
        Persona other = attacked.maker.persona(attacked.newKey());
        Persona sybil = attacked.maker.persona(attacked.newKey());
        try (AttackingListener listener = attacked.mallory.listen(sybil, Endpoint.DEFAULT_PORT);
                AttackingSession knocking = attacked.mallory.connect(attacked.endpoint(), sybil);
                AttackingSession dialedBack = listener.accept()) {
            dialedBack.show(other);
            assertThat(knocking.isAnswered()).isTrue();
        }
        assertThat(partners())
                .doesNotContain(other.key().id(), sybil.key().id())
                .containsAll(attacked.honestIds());
    }

    private void becomeReached(Persona sybil) {
        try (AttackingListener listener = attacked.mallory.listen(sybil, Endpoint.DEFAULT_PORT);
                AttackingSession knocking = attacked.mallory.connect(attacked.endpoint(), sybil);
                AttackingSession dialedBack = listener.accept()) {
            dialedBack.show(sybil);
            assertThat(knocking.isAnswered()).isTrue();
        }
    }

    private void hiccup(PeerId honest) {
        attacked.nodes.network().failDials(honest, TransportFailure.UNREACHABLE);
        attacked.nodes.network().breakConnections(honest);
        attacked.run(HICCUP);
        attacked.nodes.network().heal(honest);
    }

    private List<PeerId> partners() {
        return attacked.node.assembly().partners();
    }
}
