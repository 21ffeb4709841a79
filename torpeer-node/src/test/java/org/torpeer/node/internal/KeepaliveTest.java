package org.torpeer.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.torpeer.api.PeerState;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.internal.book.Strangers;
import org.torpeer.node.internal.tally.Tally;
import org.torpeer.proto.Frame;
import org.torpeer.testkit.TestSeed;
import org.torpeer.transport.loopback.virtual.VirtualTime;

/** Who pings, and when a session is given up; in virtual time. */
class KeepaliveTest {
    private static final Duration ROUND_TRIP = Duration.ofMillis(500);

    private final Random random = TestSeed.random("KeepaliveTest");
    private final VirtualTime time = new VirtualTime(random.nextLong());
    private final NodeRuntime runtime = time.runtime(0);
    private final Strangers strangers = new Strangers(random, VirtualTime.START);
    private final Sessions sessions = PlayedSession.none(Role.PARTICIPANT, random, runtime, new Tally());
    private final SignedPeerRecord other = strangers.record(strangers.id(), PeerState.ACTIVE, 1);

    @Test
    void theDialerPingsAndTheOtherSideOnlyAnswers() {
        PlayedSession dialer = new PlayedSession(runtime, other, true);
        PlayedSession acceptor = dialedUs(other);
        connect(dialer, acceptor);
        time.run(Duration.ofHours(10));
        assertThat(dialer.end()).isNull();
        assertThat(acceptor.end()).isNull();
        assertThat(dialer.sent()).hasSizeBetween(240, 300).allMatch(Frame.Ping.class::isInstance);
        assertThat(acceptor.sent()).hasSameSizeAs(dialer.sent()).allMatch(Frame.Pong.class::isInstance);
    }

    @Test
    void aSessionThatEndedLeavesNothingToDo() {
        PlayedSession played = new PlayedSession(runtime, other, true);
        played.say(new Frame.GoAway(Frame.Reason.BUSY), Duration.ofMinutes(1));
        time.run(Duration.ofMinutes(1));
        assertThat(played.end()).isNotNull();
        long events = time.events();
        time.run(Duration.ofHours(1));
        assertThat(time.events()).isEqualTo(events);
    }

    @RepeatedTest(20)
    void whereTheDialerKeepsSilentTheOtherSidePingsBeforeItGivesUp() {
        PlayedSession acceptor = dialedUs(other);
        time.run(Duration.ofMinutes(2));
        assertThat(acceptor.sent()).isEmpty();
        time.run(Duration.ofMinutes(5));
        assertThat(acceptor.sent()).isNotEmpty().allMatch(Frame.Ping.class::isInstance);
        assertThat(acceptor.end()).isNull();
        time.run(Duration.ofSeconds(451));
        assertThat(acceptor.end()).contains("nothing was heard");
    }

    @Test
    void whoIsToldSoMuchThatItNeedNotPingIsNotGivenUp() {
        PlayedSession dialer = new PlayedSession(runtime, other, true);
        PlayedSession acceptor = dialedUs(other);
        connect(dialer, acceptor);
        for (int second = 50; second < Duration.ofHours(10).toSeconds(); second += 50) {
            runtime.loop()
                    .schedule(
                            Duration.ofSeconds(second), () -> acceptor.session().announce(other));
        }
        // Now and then, so that heartbeats and the silence before them come together in every way.
        for (int second = 431; second < Duration.ofHours(10).toSeconds(); second += 431) {
            runtime.loop()
                    .schedule(Duration.ofSeconds(second), () -> dialer.session().announce(other));
        }
        time.run(Duration.ofHours(10));
        assertThat(dialer.end()).isNull();
        assertThat(acceptor.end()).isNull();
    }

    @Test
    void howeverManyDialedUsItIsOneTimerThatLooksAtThem() {
        List<PlayedSession> played =
                Stream.of(strangers.records(60)).map(this::dialedUs).toList();
        long before = time.events();
        time.run(Duration.ofSeconds(151));
        assertThat(time.events() - before).isEqualTo(1);
        time.run(Duration.ofSeconds(301));
        assertThat(played).allSatisfy(each -> assertThat(each.sent()).hasSize(1));
        time.run(Duration.ofSeconds(451));
        assertThat(played).allSatisfy(each -> assertThat(each.end()).contains("nothing was heard"));
        long events = time.events();
        time.run(Duration.ofHours(1));
        assertThat(time.events()).isEqualTo(events);
    }

    private static void connect(PlayedSession one, PlayedSession other) {
        one.whenSent(frame -> other.say(frame, ROUND_TRIP.dividedBy(2)));
        other.whenSent(frame -> one.say(frame, ROUND_TRIP.dividedBy(2)));
    }

    private PlayedSession dialedUs(SignedPeerRecord dialer) {
        PlayedSession played = new PlayedSession(runtime, dialer, false);
        played.whenEnded(reason -> sessions.ended(played.session(), reason));
        sessions.opened(played.session());
        return played;
    }
}
