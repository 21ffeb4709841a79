package org.torpeer.testkit.adversary;

import java.time.Duration;
import java.time.Instant;
import org.torpeer.api.Endpoint;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.Proof;
import org.torpeer.proto.RecordCodec;

/** Records that differ from another one in one respect. */
public final class Altered {
    private Altered() {}

    /** Times of issue are multiples of ten minutes. */
    public static Instant floored(Instant time) {
        long granularity = RecordCodec.ISSUED_GRANULARITY.toSeconds();
        return Instant.ofEpochSecond(time.getEpochSecond() / granularity * granularity);
    }

    /**
     * @param time floored to ten minutes
     */
    public static PeerRecord issued(PeerRecord record, Instant time) {
        return with(record, record.endpoint(), record.sequence(), floored(time), record.state(), record.proof());
    }

    public static PeerRecord sequence(PeerRecord record, long sequence) {
        return with(record, record.endpoint(), sequence, record.issued(), record.state(), record.proof());
    }

    public static PeerRecord state(PeerRecord record, PeerState state, long sequence) {
        return with(record, record.endpoint(), sequence, record.issued(), state, record.proof());
    }

    public static PeerRecord proof(PeerRecord record, Proof proof) {
        return with(record, record.endpoint(), record.sequence(), record.issued(), record.state(), proof);
    }

    public static PeerRecord port(PeerRecord record, int port) {
        Endpoint endpoint = new Endpoint(record.peer(), port);
        return with(record, endpoint, record.sequence(), record.issued(), record.state(), record.proof());
    }

    /** The same proof for other bits, parameters or epoch. */
    public static Proof claiming(Proof proof, String parameters, int bits, int epoch) {
        return new Proof(proof.algorithm(), parameters, bits, proof.nonce(), epoch);
    }

    private static PeerRecord with(
            PeerRecord record, Endpoint endpoint, long sequence, Instant issued, PeerState state, Proof proof) {
        Duration lifetime = record.lifetime();
        return new PeerRecord(
                endpoint,
                sequence,
                issued,
                lifetime,
                state,
                record.role(),
                record.protocols(),
                proof,
                record.attributes(),
                record.successor());
    }
}
