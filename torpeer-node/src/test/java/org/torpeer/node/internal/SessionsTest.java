package org.torpeer.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.torpeer.api.PeerId;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.internal.book.Strangers;
import org.torpeer.node.internal.session.Session;
import org.torpeer.node.internal.tally.Drop;
import org.torpeer.node.internal.tally.Tally;
import org.torpeer.proto.Frame;
import org.torpeer.testkit.TestSeed;
import org.torpeer.transport.loopback.virtual.VirtualTime;

/** Who is counted as connected, and for whom there is a place; in virtual time. */
class SessionsTest {
    /** Of a participant. */
    private static final int MAX_INBOUND = 64;

    private final Random random = TestSeed.random("SessionsTest");
    private final VirtualTime time = new VirtualTime(random.nextLong());
    private final NodeRuntime runtime = time.runtime(0);
    private final Strangers strangers = new Strangers(random, VirtualTime.START);
    private final Tally tally = new Tally();
    private Sessions sessions = of(Role.PARTICIPANT);
    private final List<Session> open = new ArrayList<>();

    @Test
    void whatIsCountedAlongIsWhatCountingGives() {
        SignedPeerRecord[] peers = strangers.records(14);
        for (int step = 0; step < 3000; step++) {
            if (open.isEmpty() || random.nextInt(5) < 2) {
                open(peers[random.nextInt(peers.length)], random.nextBoolean());
            } else if (random.nextBoolean()) {
                end(open.get(random.nextInt(open.size())));
            } else {
                run(Duration.ofMillis(random.nextInt(8000)));
            }
            assertCounted();
        }
        List.copyOf(open).forEach(this::end);
        assertThat(sessions.isEmpty()).isTrue();
        assertThat(sessions.excess()).isEqualTo(-Sessions.MAX_OUTBOUND);
        fill();
    }

    @Test
    void whoLooksForAPlaceInVainAgainAndAgainKeepsNobodyOutForLong() {
        fill();
        for (int dials = 0; dials < 1000; dials++) {
            assertThat(sessions.admitsInbound(strangers.id(), false)).isFalse();
        }
        assertThat(tally.of(Drop.SESSION_MADE_ROOM)).isZero();
        Session youngest = open.get(open.size() - 1);
        run(Places.GRACE);
        assertThat(sessions.admitsInbound(strangers.id(), false)).isTrue();
        assertThat(tally.of(Drop.SESSION_MADE_ROOM)).isEqualTo(1);
        assertThat(youngest.isClosed()).isTrue();
    }

    @Test
    void aCrowdTakesPlacesOfARouterNoFasterThanTwoASecond() {
        sessions = of(Role.ROUTER);
        fill(256);
        run(Places.GRACE);
        assertThat(admitted(Duration.ofSeconds(5))).isBetween(Sessions.MAKE_ROOM_BURST, Sessions.MAKE_ROOM_BURST + 10);
        assertThat(open).hasSize(256);
    }

    @Test
    void ofAParticipantACrowdTakesAPlaceInTenSeconds() {
        fill();
        run(Places.GRACE);
        assertThat(admitted(Duration.ofSeconds(5))).isEqualTo(Sessions.MAKE_ROOM_BURST);
        assertThat(admitted(Duration.ofMinutes(2))).isBetween(11, 13);
        assertThat(open).hasSize(MAX_INBOUND);
    }

    @Test
    void whoIsKnownTakesNobodysPlaceOfAParticipantButOfARouter() {
        fill();
        run(Places.GRACE);
        assertThat(sessions.admitsInbound(strangers.id(), true)).isFalse();
        assertThat(tally.of(Drop.SESSION_MADE_ROOM)).isZero();
        assertThat(sessions.admitsInbound(strangers.id(), false)).isTrue();

        sessions = of(Role.ROUTER);
        fill(256);
        run(Places.GRACE);
        assertThat(sessions.admitsInbound(strangers.id(), true)).isTrue();
    }

    /** How many of a crowd are let in. */
    private int admitted(Duration within) {
        int admitted = 0;
        for (Duration end = time.elapsed().plus(within); time.elapsed().compareTo(end) < 0; ) {
            for (SignedPeerRecord dialer : strangers.records(4)) {
                if (sessions.admitsInbound(dialer.peer(), false)) {
                    admitted++;
                    open(dialer, false);
                }
            }
            run(Duration.ofMillis(500));
        }
        return admitted;
    }

    @Test
    void whoIsHereTakesItsOwnPlace() {
        fill();
        Session session = open.get(random.nextInt(open.size()));
        SignedPeerRecord again = Objects.requireNonNull(session.record());
        assertThat(sessions.admitsInbound(again.peer(), false)).isTrue();
        open(again, false);
        assertThat(session.isClosed()).isTrue();
        assertThat(open).hasSize(MAX_INBOUND);
        assertThat(sessions.admitsInbound(strangers.id(), false)).isFalse();
    }

    private Sessions of(Role role) {
        return PlayedSession.none(role, random, runtime, tally);
    }

    private void fill() {
        fill(MAX_INBOUND);
    }

    /** Takes every inbound place. */
    private void fill(int places) {
        open.clear();
        for (SignedPeerRecord dialer : strangers.records(places)) {
            assertThat(sessions.admitsInbound(dialer.peer(), false)).isTrue();
            open(dialer, false);
        }
        assertThat(sessions.admitsInbound(strangers.id(), false)).isFalse();
    }

    private void assertCounted() {
        long outbound = sessions.preferred().stream().filter(Session::outbound).count();
        assertThat(sessions.excess()).isEqualTo((int) outbound - Sessions.MAX_OUTBOUND);
        assertThat(sessions.admitsOutbound(0)).isEqualTo(outbound < Sessions.MAX_OUTBOUND);
        assertThat(sessions.peers()).isEqualTo(open.stream().map(Session::peer).collect(Collectors.toSet()));
        assertThat(sessions.preferred())
                .doesNotHaveDuplicates()
                .isSubsetOf(open)
                .allSatisfy(session -> {
                    PeerId peer = Objects.requireNonNull(session.peer());
                    assertThat(sessions.with(peer)).isSameAs(session);
                    assertThat(sessions.allWith(peer))
                            .containsExactlyInAnyOrderElementsOf(open.stream()
                                    .filter(each -> Objects.equals(each.peer(), peer))
                                    .toList());
                });
    }

    private void open(SignedPeerRecord other, boolean outbound) {
        PlayedSession played = new PlayedSession(runtime, other, outbound);
        played.whenSent(frame -> {
            if (frame instanceof Frame.Ping ping) {
                played.say(new Frame.Pong(ping.token()), Duration.ofMillis(100));
            }
        });
        Sessions into = sessions;
        played.whenEnded(reason -> {
            open.remove(played.session());
            into.ended(played.session(), reason);
        });
        open.add(played.session());
        into.opened(played.session());
    }

    private void end(Session session) {
        assertThat(session.goAway(Frame.Reason.LEAVING)).isNotNull();
    }

    private void run(Duration more) {
        time.run(time.elapsed().plus(more));
    }
}
