package org.torpeer.node.internal.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.torpeer.api.PeerId;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.proto.RecordCodec;
import org.torpeer.testkit.TestSeed;

/** What an entry costs beside the bytes of its record, by what the collector finds alive. */
class BookMemoryTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int ENTRIES = 100_000;

    private final Random random = TestSeed.random("BookMemoryTest");

    @Test
    void anEntryTakesAtMost128BytesBesideItsRecord() {
        Strangers.Template template = new Strangers(random, NOW).template();
        AddressBook book = new AddressBook(
                PeerId.of(new byte[32]), new BookShape(4096, 2048), BookState.fresh(random), 0, peer -> {});
        long before = alive();
        fill(book, template);
        double perEntry = (double) (alive() - before) / book.size();
        double record = RecordCodec.encode(template.of(PeerId.of(new byte[32]))).length;
        System.out.printf("%.1f bytes an entry, %.1f beside its record%n", perEntry, perEntry - record);
        assertThat(book.size()).isEqualTo(ENTRIES);
        assertThat(perEntry - record).isBetween(40.0, 128.0);
    }

    private void fill(AddressBook book, Strangers.Template template) {
        byte[] key = new byte[PeerId.BYTES];
        while (book.size() < ENTRIES) {
            random.nextBytes(key);
            SignedPeerRecord record = template.of(PeerId.of(key));
            book.put(record, Source.peer(record.peer()), 0);
            if (random.nextInt(3) == 0) {
                book.reached(record.peer(), NOW);
            } else {
                for (int i = 0; i < 3; i++) {
                    random.nextBytes(key);
                    book.heardAgain(record.peer(), Source.peer(PeerId.of(key)), random);
                }
            }
        }
    }

    private static long alive() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
