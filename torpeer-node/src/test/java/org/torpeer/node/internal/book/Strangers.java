package org.torpeer.node.internal.book;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.node.internal.TestIdentities;
import org.torpeer.proto.RecordCodec;
import org.torpeer.proto.key.SeedKey;

/** Records of any number of peers, well-formed but signed by nobody: a book does not look, and signing takes time. */
public final class Strangers {
    private final RandomGenerator random;
    private final TestIdentities identities;
    private final SeedKey model;

    public Strangers(RandomGenerator random, Instant now) {
        this.random = random;
        this.identities = new TestIdentities(random, now);
        this.model = identities.key();
    }

    public PeerId id() {
        byte[] key = new byte[PeerId.BYTES];
        random.nextBytes(key);
        return PeerId.of(key);
    }

    /** An active record of somebody new. */
    SignedPeerRecord record() {
        return template().of(id());
    }

    public SignedPeerRecord[] records(int count) {
        Template template = template();
        return IntStream.range(0, count).mapToObj(i -> template.of(id())).toArray(SignedPeerRecord[]::new);
    }

    public SignedPeerRecord record(PeerId peer, PeerState state, long sequence) {
        return template(state, sequence).of(peer);
    }

    /** An active record of a new router. */
    SignedPeerRecord router() {
        SignedPeerRecord router = identities.record(
                model,
                record -> new PeerRecord(
                        record.endpoint(),
                        record.sequence(),
                        record.issued(),
                        record.lifetime(),
                        record.state(),
                        Role.ROUTER,
                        record.protocols(),
                        record.proof(),
                        record.attributes()));
        return new Template(RecordCodec.encode(router)).of(id());
    }

    Template template() {
        return template(PeerState.ACTIVE, 1);
    }

    Template template(PeerState state, long sequence) {
        return new Template(RecordCodec.encode(
                identities.record(model, record -> TestIdentities.withState(record, state, sequence))));
    }

    /** An encoded record to be had for other keys. */
    final class Template {
        private final byte[] encoded;
        private final int at;

        private Template(byte[] encoded) {
            this.encoded = encoded;
            this.at = indexOf(model.id().toBytes());
        }

        SignedPeerRecord of(PeerId peer) {
            byte[] other = encoded.clone();
            System.arraycopy(peer.toBytes(), 0, other, at, PeerId.BYTES);
            return RecordCodec.decode(other);
        }

        private int indexOf(byte[] key) {
            for (int i = 0; i + key.length <= encoded.length; i++) {
                if (ByteBuffer.wrap(encoded, i, key.length).equals(ByteBuffer.wrap(key))) {
                    return i;
                }
            }
            throw new IllegalStateException("a record has its key in it");
        }
    }
}
