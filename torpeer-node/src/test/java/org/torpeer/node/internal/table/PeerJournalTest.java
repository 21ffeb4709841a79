package org.torpeer.node.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerState;
import org.torpeer.node.internal.book.AddressBook;
import org.torpeer.node.internal.book.BookShape;
import org.torpeer.node.internal.book.BookState;
import org.torpeer.node.internal.book.Source;
import org.torpeer.node.internal.book.Strangers;
import org.torpeer.testkit.TestSeed;
import org.torpeer.transport.loopback.virtual.Conditions;
import org.torpeer.transport.loopback.virtual.VirtualRuntime;
import org.torpeer.transport.loopback.virtual.VirtualTime;

/** A node ends, and its store is closed, while its journal is about to write, or writing. */
class PeerJournalTest {
    private static final Duration WRITING = Duration.ofSeconds(5);

    private final Random random = TestSeed.random("PeerJournalTest");
    private final VirtualTime time = new VirtualTime(random.nextLong());
    private final VirtualRuntime runtime = time.runtime(0, new Conditions(Duration.ZERO, WRITING));
    private final ClosedStore kept = new ClosedStore();
    private final NodeStore store = new NodeStore(kept);
    private final Strangers strangers = new Strangers(random, VirtualTime.START);
    private final List<AddressBook> opened = new ArrayList<>();
    private final PeerJournal journal = new PeerJournal(() -> opened.get(0), store, runtime);
    private final AddressBook book =
            new AddressBook(strangers.id(), new BookShape(16, 2), BookState.fresh(random), 0, journal);
    private final PeerId peer = strangers.id();

    PeerJournalTest() {
        opened.add(book);
    }

    @Test
    @DisplayName("a write that is due is done at the end, and none comes after it")
    void due() {
        put(1);
        end();
        assertKept(1);
    }

    @Test
    @DisplayName("a write that another thread is to begin with is done first, and not over a newer one")
    void underWay() {
        put(1);
        time.run(Duration.ofSeconds(2));
        assertThat(store.peers()).as("written only after some time").isEmpty();
        put(2);
        end();
        assertKept(2);
    }

    @Test
    @DisplayName("what changes while a node ends is not written any more")
    void tooLate() {
        put(1);
        end();
        put(2);
        journal.stateChanged();
        assertKept(1);
    }

    private void put(long sequence) {
        book.put(
                strangers.record(peer, PeerState.ACTIVE, sequence),
                Source.LISTS,
                runtime.loop().nanoTime());
    }

    private void end() {
        journal.close();
        store.close();
    }

    private void assertKept(long sequence) {
        time.run(time.elapsed().plus(WRITING.multipliedBy(3)));
        assertThat(kept.writtenLate()).isZero();
        assertThat(store.peers())
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.record().content().sequence()).isEqualTo(sequence));
    }
}
