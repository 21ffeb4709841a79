package org.torpeer.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.torpeer.api.Attributes;
import org.torpeer.api.Endpoint;
import org.torpeer.api.NetworkId;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.Proof;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.proto.RecordCodec;
import org.torpeer.proto.key.SeedKey;

/** Records encoded, decoded and verified by one thread, a second. Its anchor is the signature, which decides. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class RecordBenchmark {
    private final NetworkId network = NetworkId.of("bench");
    private final SeedKey key = SeedKey.of(new byte[SeedKey.BYTES]);
    private final SignedPeerRecord record = RecordCodec.sign(
            new PeerRecord(
                    new Endpoint(key.id(), 80),
                    1,
                    Instant.ofEpochSecond(1_800_000_000),
                    Duration.ofDays(1),
                    PeerState.ACTIVE,
                    Role.PARTICIPANT,
                    List.of("chat/1"),
                    new Proof("scrypt", "N=1024,r=8,p=1", 18, 1, 0),
                    Attributes.NONE),
            network,
            key);
    private final byte[] encoded = RecordCodec.encode(record);

    @Benchmark
    public byte[] encode() {
        return RecordCodec.encode(record);
    }

    @Benchmark
    public SignedPeerRecord decode() {
        return RecordCodec.decode(encoded);
    }

    /** Anchor. */
    @Benchmark
    public boolean anchorSignatureValid() {
        return RecordCodec.signatureValid(record, network);
    }
}
