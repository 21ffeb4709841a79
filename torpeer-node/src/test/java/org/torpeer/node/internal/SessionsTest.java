package org.torpeer.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
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
    private final Sessions sessions = PlayedSession.none(random, runtime, tally);
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
            assertThat(sessions.admitsInbound(strangers.id())).isFalse();
        }
        assertThat(tally.of(Drop.SESSION_MADE_ROOM)).isZero();
        Session youngest = open.get(open.size() - 1);
        run(Places.GRACE);
        assertThat(sessions.admitsInbound(strangers.id())).isTrue();
        assertThat(tally.of(Drop.SESSION_MADE_ROOM)).isEqualTo(1);
        assertThat(youngest.isClosed()).isTrue();
    }

    @Test
    void aCrowdTakesPlacesNoFasterThanTwoASecond() {
        fill();
        run(Places.GRACE);
        int admitted = 0;
        for (int tenth = 0; tenth < 50; tenth++) {
            for (SignedPeerRecord dialer : strangers.records(4)) {
                if (sessions.admitsInbound(dialer.peer())) {
                    admitted++;
                    open(dialer, false);
                }
            }
            run(Duration.ofMillis(100));
        }
        assertThat(admitted).isBetween(Sessions.MAKE_ROOM_BURST, Sessions.MAKE_ROOM_BURST + 10);
        assertThat(open).hasSize(MAX_INBOUND);
    }

    @Test
    void whoIsHereTakesItsOwnPlace() {
        fill();
        Session session = open.get(random.nextInt(open.size()));
        SignedPeerRecord again = Objects.requireNonNull(session.record());
        assertThat(sessions.admitsInbound(again.peer())).isTrue();
        open(again, false);
        assertThat(session.isClosed()).isTrue();
        assertThat(open).hasSize(MAX_INBOUND);
        assertThat(sessions.admitsInbound(strangers.id())).isFalse();
    }

    /** Takes every inbound place. */
    private void fill() {
        for (SignedPeerRecord dialer : strangers.records(MAX_INBOUND)) {
            assertThat(sessions.admitsInbound(dialer.peer())).isTrue();
            open(dialer, false);
        }
        assertThat(sessions.admitsInbound(strangers.id())).isFalse();
    }

    private void assertCounted() {
        long outbound = sessions.preferred().stream().filter(Session::outbound).count();
        assertThat(sessions.excess()).isEqualTo((int) outbound - Sessions.MAX_OUTBOUND);
        assertThat(sessions.admitsOutbound(0)).isEqualTo(outbound < Sessions.MAX_OUTBOUND);
        assertThat(sessions.peers()).isEqualTo(open.stream().map(Session::peer).collect(Collectors.toSet()));
        assertThat(sessions.preferred()).doesNotHaveDuplicates().isSubsetOf(open);
    }

    private void open(SignedPeerRecord other, boolean outbound) {
        PlayedSession played = new PlayedSession(runtime, other, outbound);
        played.whenSent(frame -> {
            if (frame instanceof Frame.Ping ping) {
                played.say(new Frame.Pong(ping.token()), Duration.ofMillis(100));
            }
        });
        played.whenEnded(reason -> {
            open.remove(played.session());
            sessions.ended(played.session(), reason);
        });
        open.add(played.session());
        sessions.opened(played.session());
    }

    private void end(Session session) {
        assertThat(session.goAway(Frame.Reason.LEAVING)).isNotNull();
    }

    private void run(Duration more) {
        time.run(time.elapsed().plus(more));
    }
}
