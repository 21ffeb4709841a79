package org.torpeer.proto;

import com.google.protobuf.ByteString;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.OnionKey;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.proto.key.ExpandedKey;
import org.torpeer.proto.key.SeedKey;

/**
 * What a node keeps on its own disk, between bytes and values. Stateless. The decoders throw {@link MalformedException}, and
 * nothing else, if their bytes are not what the encoder made.
 */
public final class StoredCodec {
    /** Longest encoded value; a store takes as much. */
    public static final int MAX_BYTES = PeerStore.MAX_VALUE_BYTES;

    private static final int VERSION = 1;

    private StoredCodec() {}

    /**
     * The result holds the private key: whoever asks keeps it from others' eyes and clears it after use.
     *
     * @throws InvalidInputException if the proof is not one a record could carry
     */
    public static byte[] encode(StoredIdentity identity) {
        var wire = org.torpeer.proto.internal.wire.StoredIdentity.newBuilder()
                .setVersion(VERSION)
                .setKey(ByteString.copyFrom(identity.key().id().toBytes()))
                .setNetwork(identity.network().name())
                .setProof(RecordCodec.toWire(identity.proof()));
        RecordCodec.fromWire(wire.getProof());
        if (identity.key() instanceof SeedKey key) {
            wire.setSeed(ByteString.copyFrom(key.seed()));
        } else {
            wire.setExpanded(ByteString.copyFrom(identity.key().expanded()));
        }
        return wire.build().toByteArray();
    }

    /** Checks, too, that the private key makes the public one beside it. */
    public static StoredIdentity decodeIdentity(byte[] encoded) {
        org.torpeer.proto.internal.wire.StoredIdentity wire = Wire.parse(
                org.torpeer.proto.internal.wire.StoredIdentity.parser(), encoded, Wire.Shape.of(MAX_BYTES, 6));
        if (wire.getVersion() != VERSION) {
            throw new MalformedException(
                    Malformation.UNSUPPORTED_VERSION,
                    "an identity of version " + Integer.toUnsignedString(wire.getVersion()) + ": only 1 can be read");
        }
        if (!wire.hasProof()) {
            throw Fields.bad("an identity has a proof of work");
        }
        OnionKey key = key(wire);
        if (!wire.getKey().equals(ByteString.copyFrom(key.id().toBytes()))) {
            throw Fields.bad("an identity's private key does not make its public key: restore it from a backup");
        }
        return new StoredIdentity(key, network(wire.getNetwork()), RecordCodec.fromWire(wire.getProof()));
    }

    private static OnionKey key(org.torpeer.proto.internal.wire.StoredIdentity wire) {
        if (wire.getSeed().isEmpty() == wire.getExpanded().isEmpty()) {
            throw Fields.bad("an identity has either a seed or an expanded key");
        }
        try {
            return wire.getExpanded().isEmpty()
                    ? SeedKey.of(wire.getSeed().toByteArray())
                    : ExpandedKey.of(wire.getExpanded().toByteArray());
        } catch (InvalidInputException e) {
            throw new MalformedException(Malformation.BAD_FIELD, "an identity's key: " + e.getMessage(), e);
        }
    }

    private static NetworkId network(String name) {
        try {
            return NetworkId.of(name);
        } catch (InvalidInputException e) {
            throw new MalformedException(Malformation.BAD_FIELD, "an identity's network: " + e.getMessage(), e);
        }
    }
}
