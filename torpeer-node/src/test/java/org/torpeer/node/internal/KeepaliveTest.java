package org.torpeer.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
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
    /** The longest time between two heartbeats. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(150);

    private final Random random = TestSeed.random("KeepaliveTest");
    private final VirtualTime time = new VirtualTime(random.nextLong());
    private final NodeRuntime runtime = time.runtime(0);
    private final Strangers strangers = new Strangers(random, VirtualTime.START);
    private final Sessions ours = sessions();
    private final SignedPeerRecord other = strangers.record(strangers.id(), PeerState.ACTIVE, 1);
    /** That nothing happened would not fail what is asserted when it does. */
    private int asserted;

    @Test
    void theDialerPingsAndTheOtherSideOnlyAnswers() {
        PlayedSession dialer = opened(sessions(), other, true);
        PlayedSession acceptor = opened(ours, other, false);
        connect(dialer, acceptor);
        time.run(Duration.ofHours(10));
        assertThat(dialer.end()).isNull();
        assertThat(acceptor.end()).isNull();
        assertThat(dialer.sent()).hasSizeBetween(240, 300).allMatch(Frame.Ping.class::isInstance);
        assertThat(acceptor.sent()).hasSameSizeAs(dialer.sent()).allMatch(Frame.Pong.class::isInstance);
    }

    @Test
    void aSessionThatEndedLeavesNothingToDo() {
        PlayedSession played = opened(ours, other, true);
        played.say(new Frame.GoAway(Frame.Reason.BUSY), Duration.ofMinutes(1));
        time.run(HEARTBEAT);
        assertThat(played.end()).isNotNull();
        long events = time.events();
        time.run(Duration.ofHours(1));
        assertThat(time.events()).isEqualTo(events);
    }

    @RepeatedTest(20)
    void whereTheDialerKeepsSilentTheOtherSidePingsBeforeItGivesUp() {
        PlayedSession acceptor = opened(ours, other, false);
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
        PlayedSession dialer = opened(sessions(), other, true);
        PlayedSession acceptor = opened(ours, other, false);
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

    @RepeatedTest(20)
    void whoComesBetweenTwoHeartbeatsIsAskedInTimeToo() {
        assertThat(opened(ours, other, true).end()).isNull();
        time.run(Duration.ofMillis(random.nextLong(HEARTBEAT.toMillis())));
        assertAsked(true, Duration.ofSeconds(60), Duration.ofSeconds(210));
        assertAsked(false, HEARTBEAT, Duration.ofMinutes(5));
        time.run(time.elapsed().plusMinutes(10));
        assertThat(asserted).isEqualTo(4);
    }

    /** Of a session whose other side says nothing at all: when it is pinged first, and how long it has to answer then. */
    private void assertAsked(boolean outbound, Duration earliest, Duration latest) {
        Duration opened = time.elapsed();
        PlayedSession played = opened(ours, strangers.record(strangers.id(), PeerState.ACTIVE, 1), outbound);
        List<Duration> asked = new ArrayList<>();
        played.whenSent(frame -> {
            assertThat(frame).isInstanceOf(Frame.Ping.class);
            asked.add(time.elapsed());
            if (asked.size() == 1) {
                assertThat(time.elapsed().minus(opened)).isBetween(earliest, latest);
                asserted++;
            }
        });
        played.whenEnded(reason -> {
            ours.ended(played.session(), reason);
            assertThat(reason).contains("nothing was heard");
            assertThat(time.elapsed().minus(asked.get(0))).isGreaterThanOrEqualTo(Duration.ofMinutes(2));
            assertThat(time.elapsed().minus(opened)).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(450));
            asserted++;
        });
    }

    @Test
    void howeverManySessionsItIsOneTimerThatLooksAtThem() {
        List<PlayedSession> played = Stream.of(strangers.records(60))
                .map(record -> opened(ours, record, random.nextBoolean()))
                .toList();
        long before = time.events();
        time.run(HEARTBEAT);
        assertThat(time.events() - before).isEqualTo(1);
        assertThat(played)
                .allSatisfy(
                        each -> assertThat(each.sent()).hasSize(each.session().outbound() ? 1 : 0));
        time.run(HEARTBEAT.multipliedBy(2));
        assertThat(played)
                .allSatisfy(
                        each -> assertThat(each.sent()).hasSize(each.session().outbound() ? 2 : 1));
        time.run(HEARTBEAT.multipliedBy(3));
        assertThat(played).allSatisfy(each -> assertThat(each.end()).contains("nothing was heard"));
        assertThat(time.events() - before).isLessThanOrEqualTo(4);
        long events = time.events();
        time.run(Duration.ofHours(1));
        assertThat(time.events()).isEqualTo(events);
    }

    private static void connect(PlayedSession one, PlayedSession other) {
        one.whenSent(frame -> other.say(frame, ROUND_TRIP.dividedBy(2)));
        other.whenSent(frame -> one.say(frame, ROUND_TRIP.dividedBy(2)));
    }

    private Sessions sessions() {
        return PlayedSession.none(Role.PARTICIPANT, random, runtime, new Tally());
    }

    private PlayedSession opened(Sessions sessions, SignedPeerRecord with, boolean outbound) {
        PlayedSession played = new PlayedSession(runtime, with, outbound);
        played.whenEnded(reason -> sessions.ended(played.session(), reason));
        sessions.opened(played.session());
        return played;
    }
}
