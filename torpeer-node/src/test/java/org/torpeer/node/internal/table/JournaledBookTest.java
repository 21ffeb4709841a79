package org.torpeer.node.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerState;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.node.internal.VirtualNodes;
import org.torpeer.node.internal.book.AddressBook;
import org.torpeer.node.internal.book.BookEntry;
import org.torpeer.node.internal.book.BookShape;
import org.torpeer.node.internal.book.BookState;
import org.torpeer.node.internal.book.Source;
import org.torpeer.node.internal.book.StoredEntry;
import org.torpeer.node.internal.book.Strangers;
import org.torpeer.testkit.TestSeed;
import org.torpeer.transport.loopback.virtual.VirtualRuntime;
import org.torpeer.transport.loopback.virtual.VirtualTime;

/** Whatever is done with a book, what its journal wrote is what the book has, and a restart makes the same book of it. */
class JournaledBookTest {
    private static final Instant START = VirtualTime.START;
    private static final int STEPS = 12_000;
    /** So small that places are fought for. */
    private static final BookShape SMALL = new BookShape(16, 2);

    private final Random random = TestSeed.random("JournaledBookTest");
    private final VirtualTime time = new VirtualTime(random.nextLong());
    private final VirtualRuntime runtime = time.runtime(0);
    private final PeerStore kept = VirtualNodes.memory();
    private final NodeStore store = new NodeStore(kept);
    private final Strangers strangers = new Strangers(random, START);
    private final PeerId self = strangers.id();
    private final List<PeerId> peers =
            Stream.generate(strangers::id).limit(1500).toList();
    private final List<Source> sources =
            Stream.generate(() -> Source.peer(strangers.id())).limit(12).toList();
    private final BookState state = BookState.fresh(random);
    private final List<AddressBook> opened = new ArrayList<>();
    private final PeerJournal journal = new PeerJournal(() -> opened.get(0), store, runtime);
    private final AddressBook book = new AddressBook(self, SMALL, state, 0, journal);
    private int demoted;
    private long sequence = 1;

    @Test
    void aRestartMakesTheSameBook() {
        opened.add(book);
        for (int i = 0; i < STEPS; i++) {
            step(peers.get(random.nextInt(peers.size())));
            if (i % 1000 == 0) {
                time.run(time.elapsed().plus(Duration.ofSeconds(3)));
                assertKept();
            }
        }
        book.expire(now().plus(Duration.ofHours(23)));
        journal.close();
        assertKept();
        assertThat(demoted).as("tried peers that lost their place").isGreaterThan(5);

        AddressBook again = new AddressBook(self, SMALL, state, 0, peer -> {});
        store.peers()
                .forEach(entry -> assertThat(again.restore(entry, 0, random)).isTrue());
        assertThat(again.size()).isEqualTo(book.size());
        for (BookEntry entry : book.entries()) {
            assertThat(again.stored(entry.id())).isEqualTo(book.stored(entry.id()));
        }
    }

    private void step(PeerId peer) {
        long nanoTime = runtime.loop().nanoTime();
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> put(peer, PeerState.ACTIVE);
            case 3 -> put(peer, random.nextInt(8) == 0 ? PeerState.REVOKED : PeerState.LEAVING);
            case 4, 5 -> book.reached(peer, now());
            case 6, 7 -> failures(peer, nanoTime);
            case 8 -> book.heardAgain(peer, random.nextBoolean() ? Source.peer(peer) : source(), random);
            default -> book.forget(peer);
        }
    }

    private void failures(PeerId peer, long nanoTime) {
        boolean tried = book.isTried(peer);
        int before = book.missed(peer, nanoTime, random);
        if (random.nextInt(3) == 0) {
            book.pardon(peer, before, nanoTime, random);
        }
        for (int i = 0; i < 3; i++) {
            book.failed(peer, nanoTime, random);
        }
        demoted += tried && book.contains(peer) && !book.isTried(peer) ? 1 : 0;
    }

    private void put(PeerId peer, PeerState peerState) {
        book.put(
                strangers.record(peer, peerState, peerState == PeerState.REVOKED ? -1 : ++sequence),
                source(),
                runtime.loop().nanoTime());
    }

    private void assertKept() {
        Map<PeerId, StoredEntry> written = new HashMap<>();
        store.peers().forEach(entry -> written.put(entry.record().peer(), entry));
        assertThat(written).hasSize(book.size());
        for (BookEntry entry : book.entries()) {
            assertThat(written.get(entry.id())).isEqualTo(book.stored(entry.id()));
        }
    }

    private Instant now() {
        return runtime.clock().instant();
    }

    private Source source() {
        return sources.get(random.nextInt(sources.size()));
    }
}
