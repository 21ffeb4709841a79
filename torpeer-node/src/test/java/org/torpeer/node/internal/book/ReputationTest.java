package org.torpeer.node.internal.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.PeerId;
import org.torpeer.node.internal.book.Reputation.Standing;
import org.torpeer.testkit.TestSeed;

class ReputationTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Random random = TestSeed.random("ReputationTest");
    private final Strangers strangers = new Strangers(random, NOW);
    private final List<PeerId> removed = new ArrayList<>();
    private final Reputation reputation = new Reputation(100, removed::add);
    private final PeerId peer = strangers.id();

    @Test
    void badMarksAddUpAndHalfOfThemAreForgottenInAnHour() {
        assertThat(reputation.standing(peer, NOW)).isEqualTo(Standing.GOOD);
        assertThat(reputation.misbehaved(peer, 40, NOW)).isEqualTo(Standing.GOOD);
        assertThat(reputation.misbehaved(peer, 40, NOW)).isEqualTo(Standing.DISCOURAGED);
        Instant hour = NOW.plus(Duration.ofHours(1));
        assertThat(reputation.score(peer, hour)).isCloseTo(40, within(1e-9));
        assertThat(reputation.standing(peer, hour)).isEqualTo(Standing.GOOD);
        assertThat(reputation.misbehaved(peer, 40, hour)).isEqualTo(Standing.DISCOURAGED);
        assertThat(reputation.score(peer, NOW))
                .as("a clock set back forgives nothing and adds nothing")
                .isCloseTo(80, within(1e-9));
    }

    @Test
    void aHundredPointsBanForADay() {
        assertThat(reputation.misbehaved(peer, 99, NOW)).isEqualTo(Standing.DISCOURAGED);
        assertThat(reputation.misbehaved(peer, 1, NOW)).isEqualTo(Standing.BANNED);
        assertThat(reputation.banned(NOW)).containsExactly(Map.entry(peer, NOW.plus(Duration.ofHours(24))));
        assertThat(reputation.standing(peer, NOW.plus(Duration.ofHours(24)).minusSeconds(1)))
                .isEqualTo(Standing.BANNED);
        assertThat(reputation.standing(peer, NOW.plus(Duration.ofHours(24)))).isEqualTo(Standing.GOOD);
        assertThat(reputation.standing(strangers.id(), NOW)).isEqualTo(Standing.GOOD);
    }

    @Test
    void theOperatorHasTheLastWord() {
        reputation.ban(peer, Instant.MAX);
        assertThat(reputation.standing(peer, NOW.plus(Duration.ofDays(100_000))))
                .isEqualTo(Standing.BANNED);
        reputation.allow(peer);
        assertThat(reputation.misbehaved(peer, 1000, NOW)).isEqualTo(Standing.GOOD);
        assertThat(reputation.allowed()).containsExactly(peer);
        assertThat(reputation.pardon(peer)).isTrue();
        assertThat(reputation.pardon(peer)).isFalse();
        assertThat(reputation.misbehaved(peer, 1000, NOW)).isEqualTo(Standing.BANNED);
        assertThat(reputation.pardon(peer)).isTrue();
        assertThat(reputation.standing(peer, NOW)).isEqualTo(Standing.GOOD);
        reputation.ban(peer, NOW.plusSeconds(1));
        assertThat(reputation.misbehaved(peer, 100, NOW)).isEqualTo(Standing.BANNED);
        assertThat(reputation.standing(peer, NOW.plusSeconds(3600)))
                .as("by its own deeds")
                .isEqualTo(Standing.BANNED);
    }

    @Test
    void aCrowdOfOffendersIsBoundedAndForgetsNeitherBansNorRulings() {
        PeerId ruled = strangers.id();
        PeerId friend = strangers.id();
        reputation.ban(ruled, Instant.MAX);
        reputation.allow(friend);
        reputation.misbehaved(peer, 100, NOW);
        for (int i = 0; i < 10_000; i++) {
            reputation.misbehaved(strangers.id(), 1 + random.nextInt(90), NOW);
            assertThat(reputation.size()).isLessThanOrEqualTo(102);
        }
        assertThat(reputation.standing(peer, NOW)).isEqualTo(Standing.BANNED);
        assertThat(reputation.standing(ruled, NOW)).isEqualTo(Standing.BANNED);
        assertThat(reputation.allowed()).containsExactly(friend);
        assertThat(removed).hasSizeGreaterThan(9000).doesNotHaveDuplicates();
    }

    @Test
    void rulingsAreBounded() {
        for (int i = 0; i < Reputation.MAX_RULED; i++) {
            reputation.ban(strangers.id(), Instant.MAX);
        }
        assertThatThrownBy(() -> reputation.allow(peer))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("pardon");
    }

    @Test
    void whatHasFadedIsForgotten() {
        reputation.misbehaved(peer, 100, NOW);
        PeerId faint = strangers.id();
        reputation.misbehaved(faint, 60, NOW);
        reputation.allow(strangers.id());
        reputation.expire(NOW.plus(Duration.ofHours(5)));
        assertThat(removed).isEmpty();
        reputation.expire(NOW.plus(Duration.ofHours(6)));
        assertThat(removed).containsExactly(faint);
        reputation.expire(NOW.plus(Duration.ofHours(24)));
        assertThat(removed).containsExactly(faint, peer);
        assertThat(reputation.size()).isEqualTo(1);
    }

    @Test
    void bansSurviveARestart() {
        PeerId banned = strangers.id();
        PeerId allowed = strangers.id();
        reputation.misbehaved(peer, 100, NOW);
        reputation.ban(banned, Instant.MAX);
        reputation.allow(allowed);
        Reputation again = new Reputation(100, removed::add);
        for (PeerId each : List.of(peer, banned, allowed)) {
            again.restore(each, Objects.requireNonNull(reputation.stored(each)));
        }
        Instant later = NOW.plus(Duration.ofHours(23));
        assertThat(again.banned(later)).isEqualTo(reputation.banned(later)).hasSize(2);
        assertThat(again.allowed()).containsExactly(allowed);
        assertThat(again.score(peer, later)).isEqualTo(reputation.score(peer, later));
        assertThat(reputation.stored(strangers.id())).isNull();
    }
}
