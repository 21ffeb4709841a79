package org.torpeer.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerState;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.internal.book.AddressBook;
import org.torpeer.node.internal.book.BookShape;
import org.torpeer.node.internal.book.BookState;
import org.torpeer.node.internal.book.Source;
import org.torpeer.node.internal.book.Strangers;
import org.torpeer.node.internal.tally.Tally;
import org.torpeer.proto.Frame;
import org.torpeer.testkit.TestSeed;
import org.torpeer.transport.loopback.virtual.VirtualTime;

/** When a node asks for peers, by what it is answered; in virtual time. */
class AskingTest {
    private static final Duration ROUND_TRIP = Duration.ofMillis(400);

    private final Random random = TestSeed.random("AskingTest");
    private final VirtualTime time = new VirtualTime(random.nextLong());
    private final NodeRuntime runtime = time.runtime(0);
    private final Strangers strangers = new Strangers(random, VirtualTime.START);
    private final List<SignedPeerRecord> old = List.of(strangers.records(Frame.MAX_RECORDS));
    private final Sessions sessions = PlayedSession.none(Role.PARTICIPANT, random, runtime, new Tally());
    /** Who was asked, in turn. */
    private final List<PeerId> asked = new ArrayList<>();
    /** How many of the records in an answer are new. */
    private int news;

    private boolean nothingToTell;

    @Test
    void itAsksOnWhileAnythingIsNew() {
        AddressBook book = book(BookShape.DEFAULT);
        start(book, 1);
        for (int each : List.of(Frame.MAX_RECORDS / 16, 1)) {
            news = each;
            assertThat(asksIn(Duration.ofMinutes(3))).isBetween(25, 75);
        }
    }

    @Test
    void withoutNewsItAsksSeldomUntilSomebodyWasReachedAndNobodyIsLeftToDial() {
        AddressBook book = book(BookShape.DEFAULT);
        Asking asking = start(book, 1);
        asksIn(Duration.ofMinutes(10));
        assertThat(asksIn(Duration.ofHours(2))).isBetween(16, 48);
        runtime.loop().execute(asking::news);
        assertThat(asksIn(Duration.ofSeconds(5))).as("there are some to dial").isLessThanOrEqualTo(1);

        old.forEach(record -> book.failed(record.peer(), runtime.loop().nanoTime(), random));
        asksIn(Duration.ofHours(1));
        int before = asked.size();
        runtime.loop().execute(asking::news);
        asksIn(Duration.ofSeconds(5));
        assertThat(asked.size() - before).isPositive();
    }

    /** Who told all it had says nothing until it has more. */
    @Test
    void emptyAnswersMakeItAskSeldom() {
        AddressBook book = book(BookShape.DEFAULT);
        start(book, 3);
        nothingToTell = true;
        asksIn(Duration.ofMinutes(20));
        assertThat(asksIn(Duration.ofHours(2))).isBetween(16, 48);
        assertThat(sessions.peers()).hasSize(3);
        nothingToTell = false;
        news = 1;
        // One question to hear of it, one to see that it was news: each at most 7.5 minutes after the one before.
        asksIn(Duration.ofMinutes(15));
        assertThat(asksIn(Duration.ofMinutes(3))).as("there is news again").isBetween(25, 75);
    }

    @Test
    void withPlentyToDialItAsksOnceAMinuteAtMost() {
        AddressBook book = book(new BookShape(256, 64, 8));
        start(book, 1);
        asksIn(Duration.ofMinutes(1));
        news = Frame.MAX_RECORDS;
        assertThat(book.plenty()).isTrue();
        assertThat(asksIn(Duration.ofMinutes(10))).isBetween(7, 10);
    }

    @Test
    void aMatureBookIsNotFilledByAskingOn() {
        AddressBook book = book(new BookShape(256, 64, 0));
        start(book, 1);
        news = Frame.MAX_RECORDS;
        asksIn(Duration.ofHours(1));
        assertThat(asksIn(Duration.ofHours(10))).isBetween(12, 42);
    }

    @Test
    void nobodyIsAskedTwiceBeforeAllOthersWere() {
        int peers = 5;
        start(book(BookShape.DEFAULT), peers);
        news = Frame.MAX_RECORDS / 8;
        asksIn(Duration.ofMinutes(3));
        assertThat(asked).hasSizeGreaterThan(3 * peers);
        for (int first = 0; first + peers <= asked.size(); first += peers) {
            assertThat(asked.subList(first, first + peers)).doesNotHaveDuplicates();
        }
    }

    private int asksIn(Duration more) {
        int before = asked.size();
        time.run(time.elapsed().plus(more));
        return asked.size() - before;
    }

    private Asking start(AddressBook book, int peers) {
        Asking asking = new Asking(book, sessions, runtime);
        runtime.loop().execute(() -> {
            for (int i = 0; i < peers; i++) {
                sessions.opened(talkative(book).session());
            }
            asking.start();
        });
        return asking;
    }

    /** Somebody who answers, always with as many records. */
    private PlayedSession talkative(AddressBook book) {
        SignedPeerRecord other = strangers.record(strangers.id(), PeerState.ACTIVE, 1);
        PlayedSession played = new PlayedSession(runtime, other, true);
        played.whenTold(record ->
                book.put(record, Source.peer(record.peer()), runtime.loop().nanoTime()));
        played.whenSent(frame -> {
            if (frame instanceof Frame.GetPeers ask) {
                asked.add(other.peer());
                played.say(new Frame.Peers(ask.id(), answer()), ROUND_TRIP);
            } else if (frame instanceof Frame.Ping ping) {
                played.say(new Frame.Pong(ping.token()), ROUND_TRIP);
            }
        });
        return played;
    }

    private List<SignedPeerRecord> answer() {
        if (nothingToTell) {
            return List.of();
        }
        return Stream.concat(
                        Arrays.stream(strangers.records(news)), old.stream().skip(news))
                .toList();
    }

    private AddressBook book(BookShape shape) {
        AddressBook book = new AddressBook(
                strangers.id(), shape, BookState.fresh(random), runtime.loop().nanoTime(), peer -> {});
        old.forEach(record ->
                book.put(record, Source.peer(record.peer()), runtime.loop().nanoTime()));
        return book;
    }
}
