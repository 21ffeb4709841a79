package org.torpeer.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
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
import org.torpeer.api.PeerStatus;
import org.torpeer.api.Proof;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.node.internal.book.AddressBook;
import org.torpeer.node.internal.book.BookShape;
import org.torpeer.node.internal.book.BookState;
import org.torpeer.node.internal.book.Source;
import org.torpeer.node.internal.book.Told;
import org.torpeer.proto.RecordCodec;
import org.torpeer.proto.key.SeedKey;

/**
 * The address book and, as anchor, a map of objects that answers the same questions without any of the book's defences.
 * A fourth of the entries are tried. Those looked up come as from the wire: other objects than those in the book. For the
 * million: {@code -p entries=1000000 -jvmArgs -Xmx6g}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AddressBookBenchmark {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant BEFORE_ALL_EXPIRE = NOW.plus(Duration.ofHours(23));
    private static final int FRESH = 4096;

    @Param({"1000", "20000"})
    private int entries;

    private final Random random = new Random(1);
    private final SeedKey signer = SeedKey.generate(random);
    private final byte[] template = template();
    private final int keyAt =
            Collections.indexOfSubList(list(template), list(signer.id().toBytes()));
    private final List<PeerId> outbound = new ArrayList<>();
    private final List<PeerId> anchorTried = new ArrayList<>();
    private final SignedPeerRecord[] fresh = new SignedPeerRecord[FRESH];
    private final Source[] freshSources = new Source[FRESH];
    private Map<PeerId, Entry> map = Map.of();
    private PeerId[] wanted = {};
    private @Nullable AddressBook book;
    private int next;

    /** What a plain table has of a peer. */
    public static final class Entry {
        private final byte[] record;
        private final Instant expires;
        private PeerStatus status = PeerStatus.UNKNOWN;
        private @Nullable Instant verifiedAt;

        Entry(SignedPeerRecord record) {
            this.record = RecordCodec.encode(record);
            this.expires = record.content().expires();
        }
    }

    @Setup(Level.Trial)
    public void fill() {
        AddressBook filling =
                new AddressBook(PeerId.of(new byte[PeerId.BYTES]), shape(), BookState.fresh(random), 0, gone -> {});
        map = new HashMap<>();
        while (filling.size() < entries) {
            SignedPeerRecord record = stranger();
            if (filling.put(record, Source.peer(record.peer()), 0) == AddressBook.Taken.ADDED) {
                Entry entry = new Entry(record);
                map.put(record.peer(), entry);
                if (filling.size() % 4 == 0) {
                    filling.reached(record.peer(), NOW);
                    entry.status = PeerStatus.ONLINE;
                    entry.verifiedAt = NOW;
                    anchorTried.add(record.peer());
                }
            }
        }
        book = filling;
        List<PeerId> shuffled = new ArrayList<>(map.keySet());
        Collections.shuffle(shuffled, random);
        wanted = shuffled.stream().map(peer -> PeerId.of(peer.toBytes())).toArray(PeerId[]::new);
        outbound.addAll(anchorTried.subList(0, 7));
        Arrays.setAll(fresh, i -> stranger());
        Arrays.setAll(freshSources, i -> Source.peer(fresh[i].peer()));
    }

    @Benchmark
    public @Nullable PeerStatus lookUp() {
        return book().status(wanted[step(wanted.length)]);
    }

    @Benchmark
    public PeerStatus anchorLookUp() {
        return entry(wanted[step(wanted.length)]).status;
    }

    /** Adds a peer and drops it again, so that the book stays as it is: an upper bound of what adding takes. */
    @Benchmark
    public AddressBook.Taken addAndForget() {
        int i = step(FRESH);
        AddressBook.Taken taken = book().put(fresh[i], freshSources[i], 0);
        book().forget(fresh[i].peer());
        return taken;
    }

    @Benchmark
    public @Nullable Entry anchorAddAndForget() {
        SignedPeerRecord record = fresh[step(FRESH)];
        map.put(record.peer(), new Entry(record));
        return map.remove(record.peer());
    }

    /** One more connection beside seven. */
    @Benchmark
    public @Nullable PeerId selectOutbound() {
        return book().selectOutbound(outbound, List.of(), true, 0, random);
    }

    @Benchmark
    public PeerId anchorSelect() {
        PeerId drawn;
        do {
            drawn = anchorTried.get(random.nextInt(anchorTried.size()));
        } while (outbound.contains(drawn) || entry(drawn).status != PeerStatus.ONLINE);
        return drawn;
    }

    @Benchmark
    public @Nullable PeerId selectFeeler() {
        return book().selectFeeler(List.of(), 0, random);
    }

    @Benchmark
    public List<SignedPeerRecord> sample() {
        return book().sample(new Told(), 128, false, null, NOW, 0, random);
    }

    /** Looks through all for those to hand out and decodes what it drew. */
    @Benchmark
    public List<SignedPeerRecord> anchorSample() {
        List<Entry> good = new ArrayList<>();
        for (Entry entry : map.values()) {
            if (entry.verifiedAt != null && entry.status != PeerStatus.OFFLINE && NOW.isBefore(entry.expires)) {
                good.add(entry);
            }
        }
        List<SignedPeerRecord> sample = new ArrayList<>();
        for (int i = 0; i < Math.min(128, good.size()); i++) {
            Collections.swap(good, i, i + random.nextInt(good.size() - i));
            sample.add(RecordCodec.decode(good.get(i).record));
        }
        return sample;
    }

    /** Looks through all when none has expired. */
    @Benchmark
    public int expire() {
        return book().expire(BEFORE_ALL_EXPIRE);
    }

    @Benchmark
    public boolean anchorExpire() {
        return map.values().removeIf(entry -> !BEFORE_ALL_EXPIRE.isBefore(entry.expires));
    }

    private AddressBook book() {
        return Objects.requireNonNull(book);
    }

    private Entry entry(PeerId peer) {
        return Objects.requireNonNull(map.get(peer));
    }

    private int step(int length) {
        next = next + 1 < length ? next + 1 : 0;
        return next;
    }

    /** Several places for each entry, as in a book of the default shape with a few thousand. */
    private BookShape shape() {
        int buckets = Integer.highestOneBit(Math.max(256, entries / 16));
        return new BookShape(buckets, buckets / 2);
    }

    private SignedPeerRecord stranger() {
        byte[] key = new byte[PeerId.BYTES];
        random.nextBytes(key);
        byte[] encoded = template.clone();
        System.arraycopy(key, 0, encoded, keyAt, key.length);
        return RecordCodec.decode(encoded);
    }

    private static List<Byte> list(byte[] bytes) {
        return IntStream.range(0, bytes.length).mapToObj(i -> bytes[i]).toList();
    }

    /** A record as they come; any other key can be put into it. */
    private byte[] template() {
        PeerRecord content = new PeerRecord(
                new Endpoint(signer.id(), Endpoint.DEFAULT_PORT),
                NOW.getEpochSecond(),
                NOW,
                Duration.ofHours(24),
                PeerState.ACTIVE,
                Role.PARTICIPANT,
                List.of("chat/1"),
                new Proof("scrypt", "N=1024,r=8,p=1", 18, 123_456, 0),
                Attributes.NONE);
        return RecordCodec.encode(RecordCodec.sign(content, NetworkId.of("benchmark"), signer));
    }
}
