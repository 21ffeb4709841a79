package org.torpeer.node.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.torpeer.api.NetworkPolicy;
import org.torpeer.api.PeerState;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.node.internal.TestIdentities;
import org.torpeer.node.internal.book.BookState;
import org.torpeer.node.internal.book.StoredEntry;
import org.torpeer.node.internal.file.ArmorFuzz;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameCodec;
import org.torpeer.proto.FrameReader;
import org.torpeer.proto.PeerListCodec;
import org.torpeer.proto.PolicyCodec;
import org.torpeer.proto.RecordCodec;
import org.torpeer.proto.StoredCodec;
import org.torpeer.proto.StoredIdentity;
import org.torpeer.proto.key.SeedKey;

/**
 * What our own encoders make, as inputs to begin from. As a program it writes them into a folder:
 * {@code torpeer-node/src/test/resources/fuzz}. Names that begin with {@code found-} are inputs that once broke something,
 * and are not made here.
 */
final class SeedMaker {
    private static final TestIdentities IDENTITIES = HandshakeFuzz.IDENTITIES;
    private static final SeedKey KEY = SeedKey.of(new byte[SeedKey.BYTES]);
    private static final SignedPeerRecord RECORD = IDENTITIES.record(KEY);
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private SeedMaker() {}

    public static void main(String[] args) throws IOException {
        for (Map.Entry<String, byte[]> seed : seeds().entrySet()) {
            Path file = Path.of(args[0]).resolve(seed.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, seed.getValue());
        }
    }

    /** By target and name. */
    static Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new TreeMap<>();
        frames(seeds);
        byte[][] messages = HandshakeFuzz.messages();
        for (int turn = 0; turn < messages.length; turn++) {
            seeds.put("HandshakeFuzz/message-" + turn, behind(turn, messages[turn]));
        }
        records(seeds);
        stored(seeds);
        seeds.put("ArmorFuzz/armor", ArmorFuzz.seed());
        return seeds;
    }

    private static void frames(Map<String, byte[]> seeds) {
        List<Frame> frames = List.of(
                new Frame.GetPeers(1, 128, true),
                new Frame.Peers(1, List.of(RECORD, RECORD)),
                new Frame.Announce(RECORD),
                new Frame.Ping(7),
                new Frame.Pong(-1),
                new Frame.Request(1, "chat/1", new byte[10]),
                new Frame.Response(1, Frame.Status.OK, new byte[10]),
                new Frame.GoAway(Frame.Reason.BUSY),
                new Frame.Policy(PolicyCodec.sign(policy(), TestIdentities.NETWORK, KEY)));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Frame frame : frames) {
            byte[] framed = FrameReader.frame(FrameCodec.encode(frame));
            seeds.put("FrameFuzz/" + frame.getClass().getSimpleName(), behind(40, framed));
            all.writeBytes(framed);
        }
        seeds.put("FrameFuzz/all", behind(6, all.toByteArray()));
    }

    private static void records(Map<String, byte[]> seeds) {
        SignedPeerRecord revoked = IDENTITIES.record(
                KEY, record -> TestIdentities.withState(record, PeerState.REVOKED, RecordCodec.REVOKED_SEQUENCE));
        seeds.put("RecordFuzz/record", RecordCodec.encode(RECORD));
        seeds.put("RecordFuzz/revoked", RecordCodec.encode(revoked));
        seeds.put("RecordFuzz/list", PeerListCodec.encode(List.of(RECORD, revoked)));
        seeds.put("RecordFuzz/policy", PolicyCodec.encode(PolicyCodec.sign(policy(), TestIdentities.NETWORK, KEY)));
    }

    private static void stored(Map<String, byte[]> seeds) {
        seeds.put(
                "StoreFuzz/identity",
                behind(
                        StoreFuzz.IDENTITY,
                        StoredCodec.encode(new StoredIdentity(
                                KEY, TestIdentities.NETWORK, RECORD.content().proof()))));
        seeds.put(
                "StoreFuzz/entry", behind(StoreFuzz.ENTRY, new StoredEntry(RECORD, 5, true, false, 3, TIME).encode()));
        seeds.put(
                "StoreFuzz/state",
                behind(StoreFuzz.STATE, new BookState(new byte[BookState.SECRET_BYTES], List.of(KEY.id())).encode()));
    }

    private static NetworkPolicy policy() {
        return new NetworkPolicy(
                3, List.of(TestIdentities.EASY), TIME, Duration.ofDays(14), List.of(TestIdentities.EASY));
    }

    private static byte[] behind(int first, byte[] rest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        out.writeBytes(rest);
        return out.toByteArray();
    }
}
