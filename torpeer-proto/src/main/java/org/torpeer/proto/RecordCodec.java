package org.torpeer.proto;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.torpeer.api.Attributes;
import org.torpeer.api.Endpoint;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.Proof;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.Successor;
import org.torpeer.proto.internal.wire.ProofOfWork;
import org.torpeer.proto.key.Ed25519;

/**
 * Signed records between bytes and values.
 *
 * <p>What is signed is {@code "TorPeer-v1/record\0" | network id (32) | length of the payload (u32 big-endian) | payload}.
 * Stateless.
 */
public final class RecordCodec {
    /** The version of records written and read. */
    public static final int VERSION = 1;
    /** Longest encoded record, signature included. */
    public static final int MAX_BYTES = 512;
    /** Longest time a record may be valid. */
    public static final Duration MAX_LIFETIME = Duration.ofDays(7);
    /** What the time of issue is a multiple of. */
    public static final Duration ISSUED_GRANULARITY = Duration.ofMinutes(10);
    /** The sequence number of a revocation, and of nothing else: 2^64 - 1. */
    public static final long REVOKED_SEQUENCE = -1;
    /** The sequence number of a record that names a successor: 2^64 - 2, so that nothing but a revocation replaces it. */
    public static final long HANDOVER_SEQUENCE = -2;
    /** Longest name of a proof's algorithm in bytes of ASCII. */
    public static final int MAX_ALGORITHM_BYTES = 16;
    /** Longest text of a proof's parameters in bytes of ASCII. */
    public static final int MAX_PARAMETERS_BYTES = 32;

    private static final byte[] TAG = "TorPeer-v1/record\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SUCCESSOR_TAG = "TorPeer-v1/successor\0".getBytes(StandardCharsets.US_ASCII);
    /** The end of the year 9999, far from where arithmetic on times could overflow. */
    private static final long MAX_ISSUED = 253_402_300_799L;

    private static final Wire.Shape WRAPPER = Wire.Shape.of(MAX_BYTES, 2);
    private static final Wire.Shape CONTENT = Wire.Shape.of(MAX_BYTES, 12)
            .repeating(org.torpeer.proto.internal.wire.PeerRecord.PROTOCOLS_FIELD_NUMBER, PeerRecord.MAX_PROTOCOLS);

    private RecordCodec() {}

    /**
     * Encodes and signs.
     *
     * @throws InvalidInputException if {@code key} is not the key of {@code content}, or if {@link #decode} would refuse
     *     the result: a field out of range, or more than {@link #MAX_BYTES} altogether
     */
    public static SignedPeerRecord sign(PeerRecord content, NetworkId network, OnionKey key) {
        if (!key.id().equals(content.peer())) {
            throw new InvalidInputException("a record is signed by the key it names");
        }
        byte[] payload = encodeContent(content);
        if (!decodeContent(payload).equals(content)) {
            throw new InvalidInputException("a record's times are whole seconds");
        }
        SignedPeerRecord signed = new SignedPeerRecord(content, payload, key.sign(signedBytes(network, payload)));
        requireShort(toWire(signed).getSerializedSize());
        return signed;
    }

    public static byte[] encode(SignedPeerRecord record) {
        return toWire(record).toByteArray();
    }

    /** How many bytes {@link #encode} makes of it. */
    static int encodedLength(SignedPeerRecord record) {
        return WireField.length(record.payloadLength()) + WireField.length(Ed25519.SIGNATURE_BYTES);
    }

    /** Puts what {@link #encode} makes. */
    static void put(SignedPeerRecord record, ByteBuffer out) {
        WireField.putHead(
                org.torpeer.proto.internal.wire.SignedPeerRecord.PAYLOAD_FIELD_NUMBER, record.payloadLength(), out);
        record.putPayload(out);
        WireField.putHead(
                org.torpeer.proto.internal.wire.SignedPeerRecord.SIGNATURE_FIELD_NUMBER, Ed25519.SIGNATURE_BYTES, out);
        record.putSignature(out);
    }

    /**
     * Decodes and checks everything but the signature and the proof.
     *
     * @throws MalformedException if the bytes are not one well-formed record
     */
    public static SignedPeerRecord decode(byte[] encoded) {
        return fromWire(Wire.parse(org.torpeer.proto.internal.wire.SignedPeerRecord.parser(), encoded, WRAPPER));
    }

    /** Whether the record's own key signed it for the network. */
    public static boolean signatureValid(SignedPeerRecord record, NetworkId network) {
        return Ed25519.verify(record.peer(), signedBytes(record, network), record.signature());
    }

    /**
     * A successor's consent: its signature over {@code "TorPeer-v1/successor\0" | network id (32) | old key (32) | new key
     * (32)}.
     *
     * @param successor the new key
     */
    public static Successor consent(OnionKey successor, PeerId old, NetworkId network) {
        return new Successor(successor.id(), successor.sign(consentedBytes(network, old, successor.id())));
    }

    /** Whether the record names a successor that consented; also true if it names none. */
    public static boolean successorValid(SignedPeerRecord record, NetworkId network) {
        Successor successor = record.content().successor();
        return successor == null
                || Ed25519.verify(successor.key(), consentedBytes(record, successor, network), successor.signature());
    }

    /** What the record's signature is over. */
    public static byte[] signedBytes(SignedPeerRecord record, NetworkId network) {
        return signedBytes(network, record.payload());
    }

    /** What a successor's signature is over that the record names. */
    public static byte[] consentedBytes(SignedPeerRecord record, Successor successor, NetworkId network) {
        return consentedBytes(network, record.peer(), successor.key());
    }

    private static byte[] consentedBytes(NetworkId network, PeerId old, PeerId successor) {
        return ByteBuffer.allocate(SUCCESSOR_TAG.length + 32 + 2 * PeerId.BYTES)
                .put(SUCCESSOR_TAG)
                .put(network.toBytes())
                .put(old.toBytes())
                .put(successor.toBytes())
                .array();
    }

    /** The bytes a record's signature is over. */
    static byte[] signedBytes(NetworkId network, byte[] payload) {
        return SignedPayload.bytes(TAG, network, payload);
    }

    static org.torpeer.proto.internal.wire.SignedPeerRecord toWire(SignedPeerRecord record) {
        return org.torpeer.proto.internal.wire.SignedPeerRecord.newBuilder()
                .setPayload(UnsafeByteOperations.unsafeWrap(record.payload()))
                .setSignature(UnsafeByteOperations.unsafeWrap(record.signature()))
                .build();
    }

    static SignedPeerRecord fromWire(org.torpeer.proto.internal.wire.SignedPeerRecord wire) {
        return fromWire(wire, Codec.STANDARD);
    }

    static SignedPeerRecord fromWire(org.torpeer.proto.internal.wire.SignedPeerRecord wire, Codec codec) {
        Wire.requireKnown(wire);
        requireShort(wire.getSerializedSize());
        Fields.length("a signature", wire.getSignature().size(), Ed25519.SIGNATURE_BYTES);
        return codec.record(wire.getPayload().toByteArray(), wire.getSignature().toByteArray());
    }

    /**
     * Decodes the bytes that were signed.
     *
     * @param payload owned by the record from now on
     * @param signature {@link Ed25519#SIGNATURE_BYTES}, owned by the record from now on
     * @throws MalformedException as {@link #decode(byte[])}
     */
    public static SignedPeerRecord decode(byte[] payload, byte[] signature) {
        return new SignedPeerRecord(decodeContent(payload), payload, signature);
    }

    static ProofOfWork toWire(Proof proof) {
        return ProofOfWork.newBuilder()
                .setAlgorithm(proof.algorithm())
                .setParameters(proof.parameters())
                .setBits(proof.bits())
                .setNonce(proof.nonce())
                .setEpoch(proof.epoch())
                .build();
    }

    static Proof fromWire(ProofOfWork wire) {
        Wire.requireKnown(wire);
        Fields.printable("a proof's algorithm", wire.getAlgorithm(), 1, MAX_ALGORITHM_BYTES);
        Fields.printable("a proof's parameters", wire.getParameters(), 0, MAX_PARAMETERS_BYTES);
        Fields.range("a proof's number of bits", wire.getBits(), 0, 255);
        return new Proof(wire.getAlgorithm(), wire.getParameters(), wire.getBits(), wire.getNonce(), wire.getEpoch());
    }

    private static void requireShort(int bytes) {
        if (bytes > MAX_BYTES) {
            throw new MalformedException(
                    Malformation.TOO_LONG,
                    "a record has at most " + MAX_BYTES + " bytes, not " + bytes + ": fewer protocols or attributes");
        }
    }

    private static byte[] encodeContent(PeerRecord content) {
        var wire = org.torpeer.proto.internal.wire.PeerRecord.newBuilder()
                .setVersion(VERSION)
                .setKey(ByteString.copyFrom(content.peer().toBytes()))
                .setPort(content.endpoint().port())
                .setSequence(content.sequence())
                .setIssued(content.issued().getEpochSecond())
                .setLifetime((int) Math.min(content.lifetime().toSeconds(), Integer.MAX_VALUE))
                .setState(stateToWire(content.state()))
                .setRole(roleToWire(content.role()))
                .addAllProtocols(content.protocols())
                .setProof(toWire(content.proof()))
                .setAttributes(ByteString.copyFrom(content.attributes().toBytes()));
        Successor successor = content.successor();
        if (successor != null) {
            wire.setSuccessor(org.torpeer.proto.internal.wire.Successor.newBuilder()
                    .setKey(ByteString.copyFrom(successor.key().toBytes()))
                    .setSignature(ByteString.copyFrom(successor.signature())));
        }
        return wire.build().toByteArray();
    }

    private static PeerRecord decodeContent(byte[] payload) {
        org.torpeer.proto.internal.wire.PeerRecord wire =
                Wire.parse(org.torpeer.proto.internal.wire.PeerRecord.parser(), payload, CONTENT);
        if (wire.getVersion() != VERSION) {
            throw new MalformedException(
                    Malformation.UNSUPPORTED_VERSION,
                    "a record of version " + Integer.toUnsignedString(wire.getVersion()) + ": only 1 is spoken");
        }
        Fields.length("a record's key", wire.getKey().size(), PeerId.BYTES);
        Fields.range("a record's port", wire.getPort(), 1, 65_535);
        Fields.range("a record's lifetime", wire.getLifetime(), 1, MAX_LIFETIME.toSeconds());
        checkIssued(wire.getIssued());
        checkProtocols(wire.getProtocolsList());
        Fields.range("the length of attributes", wire.getAttributes().size(), 0, Attributes.MAX_BYTES);
        if (!wire.hasProof()) {
            throw Fields.bad("a record has a proof of work");
        }
        PeerState state = stateFromWire(wire);
        if ((state == PeerState.REVOKED) != (wire.getSequence() == REVOKED_SEQUENCE)) {
            throw Fields.bad("a revocation, and nothing else, has the highest sequence number");
        }
        return new PeerRecord(
                new Endpoint(PeerId.of(wire.getKey().toByteArray()), wire.getPort()),
                wire.getSequence(),
                Instant.ofEpochSecond(wire.getIssued()),
                Duration.ofSeconds(wire.getLifetime()),
                state,
                roleFromWire(wire),
                wire.getProtocolsList(),
                fromWire(wire.getProof()),
                Attributes.of(wire.getAttributes().toByteArray()),
                wire.hasSuccessor() ? successor(wire, state) : null);
    }

    private static Successor successor(org.torpeer.proto.internal.wire.PeerRecord wire, PeerState state) {
        org.torpeer.proto.internal.wire.Successor successor = wire.getSuccessor();
        Wire.requireKnown(successor);
        Fields.length("a successor's key", successor.getKey().size(), PeerId.BYTES);
        Fields.length("a successor's signature", successor.getSignature().size(), Ed25519.SIGNATURE_BYTES);
        if (state != PeerState.LEAVING || wire.getSequence() != HANDOVER_SEQUENCE) {
            throw Fields.bad("only who leaves for good, with the sequence number 2^64-2, names a successor");
        }
        if (successor.getKey().equals(wire.getKey())) {
            throw Fields.bad("nobody succeeds itself");
        }
        return new Successor(
                PeerId.of(successor.getKey().toByteArray()),
                successor.getSignature().toByteArray());
    }

    private static void checkIssued(long issued) {
        Fields.range("a record's time of issue", issued, 0, MAX_ISSUED);
        if (issued % ISSUED_GRANULARITY.toSeconds() != 0) {
            throw Fields.bad("a record's time of issue is a multiple of ten minutes");
        }
    }

    private static void checkProtocols(List<String> protocols) {
        for (String protocol : protocols) {
            Fields.printable("a protocol's name", protocol, 1, PeerRecord.MAX_PROTOCOL_BYTES);
        }
        if (new HashSet<>(protocols).size() != protocols.size()) {
            throw Fields.bad("a record names a protocol once");
        }
    }

    private static org.torpeer.proto.internal.wire.PeerState stateToWire(PeerState state) {
        return switch (state) {
            case ACTIVE -> org.torpeer.proto.internal.wire.PeerState.PEER_STATE_ACTIVE;
            case LEAVING -> org.torpeer.proto.internal.wire.PeerState.PEER_STATE_LEAVING;
            case REVOKED -> org.torpeer.proto.internal.wire.PeerState.PEER_STATE_REVOKED;
        };
    }

    private static PeerState stateFromWire(org.torpeer.proto.internal.wire.PeerRecord wire) {
        return switch (wire.getState()) {
            case PEER_STATE_ACTIVE -> PeerState.ACTIVE;
            case PEER_STATE_LEAVING -> PeerState.LEAVING;
            case PEER_STATE_REVOKED -> PeerState.REVOKED;
            case PEER_STATE_UNSPECIFIED, UNRECOGNIZED -> throw Fields.unknown("state", wire.getStateValue());
        };
    }

    private static org.torpeer.proto.internal.wire.Role roleToWire(Role role) {
        return switch (role) {
            case PARTICIPANT -> org.torpeer.proto.internal.wire.Role.ROLE_PARTICIPANT;
            case ROUTER -> org.torpeer.proto.internal.wire.Role.ROLE_ROUTER;
        };
    }

    private static Role roleFromWire(org.torpeer.proto.internal.wire.PeerRecord wire) {
        return switch (wire.getRole()) {
            case ROLE_PARTICIPANT -> Role.PARTICIPANT;
            case ROLE_ROUTER -> Role.ROUTER;
            case ROLE_UNSPECIFIED, UNRECOGNIZED -> throw Fields.unknown("role", wire.getRoleValue());
        };
    }
}
