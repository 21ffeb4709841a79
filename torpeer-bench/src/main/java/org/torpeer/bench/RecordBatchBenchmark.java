package org.torpeer.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.torpeer.api.Attributes;
import org.torpeer.api.Endpoint;
import org.torpeer.api.NetworkId;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.Proof;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.node.internal.book.AddressBook;
import org.torpeer.node.internal.book.BookShape;
import org.torpeer.node.internal.book.BookState;
import org.torpeer.node.internal.book.Source;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameCodec;
import org.torpeer.proto.RecordCodec;
import org.torpeer.proto.key.SeedKey;

/**
 * A thousand records on their way from frames into an address book, by one thread, in records a second: decoding, the strict
 * signature, a proof that was verified before, the book. Its anchor is the signature alone. The keys were seen before, as
 * those of records that are renewed twice a day are, and those of all whose proof was verified before.
 *
 * <p>Of strangers each key is decoded and its order checked, too, once: {@code batchOfStrangers}. Nobody could forge
 * anything with a key that has a part of small order, but whether its signature holds depends on the verifier's equation,
 * with or without the factor 8; so two programs could differ on who is genuine. And Tor refuses such addresses, so they
 * would be entries that nobody can dial.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordBatchBenchmark {
    private static final int RECORDS = 1000;
    private static final int FRAME = 125;
    /** More strangers than the keys whose order is remembered. */
    private static final int BATCHES_OF_STRANGERS = 6;

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Random random = new Random(1);
    private final NetworkId network = NetworkId.of("bench");
    private final Source source = Source.peer(SeedKey.generate(random).id());
    private final Set<Proven> proven = new HashSet<>();
    private final List<List<SignedPeerRecord>> batches = new ArrayList<>();
    private final List<List<byte[]>> frames = new ArrayList<>();
    private @Nullable AddressBook book;
    private int next;

    private record Proven(PeerId peer, Proof proof) {}

    @Setup(Level.Trial)
    public void make() {
        for (int batch = 0; batch < BATCHES_OF_STRANGERS; batch++) {
            List<SignedPeerRecord> records = new ArrayList<>();
            for (int i = 0; i < RECORDS; i++) {
                records.add(record());
            }
            batches.add(records);
            List<byte[]> encoded = new ArrayList<>();
            for (int from = 0; from < RECORDS; from += FRAME) {
                encoded.add(FrameCodec.encode(new Frame.Peers(1, records.subList(from, from + FRAME))));
            }
            frames.add(encoded);
        }
    }

    @Setup(Level.Invocation)
    public void empty() {
        book = new AddressBook(
                PeerId.of(new byte[PeerId.BYTES]), BookShape.DEFAULT, BookState.fresh(random), 0, gone -> {});
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int batch() {
        return take(frames.get(0));
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int batchOfStrangers() {
        next = (next + 1) % BATCHES_OF_STRANGERS;
        return take(frames.get(next));
    }

    /** Anchor. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int anchorSignatureValid() {
        int valid = 0;
        for (SignedPeerRecord record : batches.get(0)) {
            valid += RecordCodec.signatureValid(record, network) ? 1 : 0;
        }
        return valid;
    }

    private int take(List<byte[]> encoded) {
        AddressBook into = Objects.requireNonNull(book);
        for (byte[] frame : encoded) {
            if (!(FrameCodec.decode(frame) instanceof Frame.Peers peers)) {
                throw new IllegalStateException("not the frame it was");
            }
            for (SignedPeerRecord record : peers.records()) {
                boolean genuine = RecordCodec.signatureValid(record, network)
                        && proven.contains(
                                new Proven(record.peer(), record.content().proof()));
                if (!genuine) {
                    throw new IllegalStateException("not the record it was");
                }
                into.put(record, source, 0);
            }
        }
        return into.size();
    }

    private SignedPeerRecord record() {
        SeedKey key = SeedKey.generate(random);
        Proof proof = new Proof("scrypt", "N=1024,r=8,p=1", 18, random.nextLong(), 0);
        proven.add(new Proven(key.id(), proof));
        PeerRecord content = new PeerRecord(
                new Endpoint(key.id(), Endpoint.DEFAULT_PORT),
                NOW.getEpochSecond(),
                NOW,
                Duration.ofHours(24),
                PeerState.ACTIVE,
                Role.PARTICIPANT,
                List.of("chat/1"),
                proof,
                Attributes.NONE);
        return RecordCodec.sign(content, network, key);
    }
}
