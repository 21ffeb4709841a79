package org.torpeer.node.internal.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerState;
import org.torpeer.api.PeerStatus;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.testkit.TestSeed;

class StoredBookTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Random random = TestSeed.random("StoredBookTest");
    private final Strangers strangers = new Strangers(random, NOW);
    private final PeerId self = strangers.id();
    private final AddressBook book = book(BookState.fresh(random));

    @Test
    void aRestartLosesNothing() {
        SignedPeerRecord[] records = strangers.records(2000);
        for (int i = 0; i < records.length; i++) {
            PeerId peer = records[i].peer();
            book.put(records[i], Source.peer(peer), 0);
            if (i % 2 == 0) {
                book.reached(peer, NOW);
            }
            if (i % 4 == 0) {
                book.failed(peer, 0, random);
            }
            if (i % 7 == 0) {
                book.put(strangers.record(peer, PeerState.LEAVING, 5), Source.peer(peer), 0);
            }
            if (i % 100 == 1) {
                book.put(strangers.record(peer, PeerState.REVOKED, -1), Source.peer(peer), 0);
            }
        }
        book.keepAnchors(List.of(records[2].peer(), records[6].peer()));

        AddressBook again = book(BookState.decode(book.state().encode()));
        for (BookEntry entry : book.entries()) {
            byte[] stored = stored(entry.id());
            assertThat(stored.length).isLessThanOrEqualTo(StoredEntry.MAX_BYTES);
            assertThat(again.restore(StoredEntry.decode(stored), 0, random)).isTrue();
            assertThat(again.restore(StoredEntry.decode(stored), 0, random))
                    .as("twice")
                    .isFalse();
        }
        assertThat(StoredEntry.MAX_BYTES).isLessThanOrEqualTo(PeerStore.MAX_VALUE_BYTES);
        assertThat(again.size()).isEqualTo(book.size());
        assertThat(again.tried()).isEqualTo(book.tried());
        assertThat(again.anchors()).containsExactly(records[2].peer(), records[6].peer());
        for (BookEntry before : book.entries()) {
            BookEntry after = Objects.requireNonNull(again.get(before.id()));
            PeerStatus status = before.status() == PeerStatus.ONLINE ? PeerStatus.UNKNOWN : before.status();
            assertThat(after)
                    .isEqualTo(new BookEntry(
                            before.record(), status, before.verifiedAt(), before.failures(), before.tried(), false));
            assertThat(again.bucketsOf(before.id())).isEqualTo(book.bucketsOf(before.id()));
        }
    }

    @Test
    void whoFailedBeforeARestartIsNotDialedAtOnceAfterIt() {
        SignedPeerRecord record = strangers.record();
        book.put(record, Source.seed("seed"), 0);
        for (int i = 0; i < 12; i++) {
            book.failed(record.peer(), 0, random);
        }
        AddressBook again = book(book.state());
        again.restore(StoredEntry.decode(stored(record.peer())), 0, random);
        assertThat(again.selectFeeler(List.of(), Duration.ofMinutes(29).toNanos(), random))
                .isNull();
        assertThat(again.selectFeeler(List.of(), Duration.ofMinutes(91).toNanos(), random))
                .isEqualTo(record.peer());
    }

    @Test
    void ourselvesAndMoreThanFitAreNotRestored() {
        AddressBook small = new AddressBook(self, new BookShape(16, 1), book.state(), 0, peer -> {});
        int restored = 0;
        for (SignedPeerRecord record : strangers.records(3000)) {
            StoredEntry stored = new StoredEntry(record, 7, true, false, 0, NOW);
            restored += small.restore(stored, 0, random) ? 1 : 0;
        }
        assertThat(restored).isEqualTo(small.size()).isLessThanOrEqualTo(17 * BookShape.BUCKET);
        assertThat(small.tried()).isBetween(48, BookShape.BUCKET);
        StoredEntry ourselves = new StoredEntry(strangers.record(self, PeerState.ACTIVE, 1), 7, true, false, 0, NOW);
        assertThat(small.restore(ourselves, 0, random)).isFalse();
        StoredEntry unverified = new StoredEntry(strangers.record(), 7, true, false, 0, null);
        AddressBook empty = book(book.state());
        empty.restore(unverified, 0, random);
        assertThat(empty.tried()).as("tried without a dial of ours").isZero();
    }

    @Test
    void anEntryCutShortOrWithAFlippedBitIsNoticed() {
        SignedPeerRecord record = strangers.record();
        book.put(record, Source.seed("seed"), 0);
        book.reached(record.peer(), NOW);
        everyDamageIsNoticed(stored(record.peer()), StoredEntry::decode);
    }

    @Test
    void aStateCutShortOrWithAFlippedBitIsNoticed() {
        book.keepAnchors(List.of(strangers.id(), strangers.id()));
        everyDamageIsNoticed(book.state().encode(), BookState::decode);
    }

    @Test
    void aReputationCutShortOrWithAFlippedBitIsNoticed() {
        Reputation reputation = new Reputation(10, peer -> {});
        reputation.misbehaved(self, 20, NOW);
        byte[] stored = Objects.requireNonNull(reputation.stored(self));
        everyDamageIsNoticed(stored, bytes -> reputation.restore(self, bytes));
    }

    @Test
    void damagedEntriesAreSkippedAndTheRestIsRestored() {
        SignedPeerRecord[] records = strangers.records(100);
        AddressBook again = book(book.state());
        Set<PeerId> whole = new HashSet<>();
        for (SignedPeerRecord record : records) {
            book.put(record, Source.seed("seed"), 0);
            byte[] stored = stored(record.peer());
            boolean damaged = random.nextInt(4) == 0;
            if (damaged) {
                stored[random.nextInt(stored.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                again.restore(StoredEntry.decode(stored), 0, random);
                whole.add(record.peer());
            } catch (InvalidInputException e) {
                assertThat(damaged).isTrue();
            }
        }
        assertThat(again.entries().stream().map(BookEntry::id).collect(Collectors.toSet()))
                .isEqualTo(whole);
        assertThat(whole.size()).isBetween(40, 99);
    }

    @Test
    void garbageIsRefusedWithoutHarm() {
        for (int i = 0; i < 2000; i++) {
            byte[] garbage = new byte[random.nextInt(600)];
            random.nextBytes(garbage);
            for (Consumer<byte[]> reader : List.<Consumer<byte[]>>of(StoredEntry::decode, BookState::decode)) {
                assertThatThrownBy(() -> reader.accept(garbage)).isInstanceOf(InvalidInputException.class);
            }
        }
    }

    private static void everyDamageIsNoticed(byte[] stored, Consumer<byte[]> reader) {
        reader.accept(stored.clone());
        for (int length = 0; length < stored.length; length++) {
            byte[] cut = Arrays.copyOf(stored, length);
            assertThatThrownBy(() -> reader.accept(cut)).isInstanceOf(InvalidInputException.class);
        }
        for (int bit = 0; bit < 8 * stored.length; bit++) {
            byte[] flipped = stored.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> reader.accept(flipped)).isInstanceOf(InvalidInputException.class);
        }
        byte[] longer = Arrays.copyOf(stored, stored.length + 1);
        assertThatThrownBy(() -> reader.accept(longer)).isInstanceOf(InvalidInputException.class);
    }

    private byte[] stored(PeerId peer) {
        return Objects.requireNonNull(book.stored(peer)).encode();
    }

    private AddressBook book(BookState state) {
        return new AddressBook(self, BookShape.DEFAULT, state, 0, peer -> {});
    }
}
