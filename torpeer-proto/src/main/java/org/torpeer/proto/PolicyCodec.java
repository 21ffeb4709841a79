package org.torpeer.proto;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.NetworkPolicy;
import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerId;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.SignedNetworkPolicy;
import org.torpeer.proto.key.Ed25519;

/**
 * Signed policies between bytes and values.
 *
 * <p>What is signed is {@code "TorPeer-v1/policy\0" | network id (32) | length of the payload (u32 big-endian) | payload}.
 * Stateless.
 */
public final class PolicyCodec {
    /** The version of policies written and read. */
    public static final int VERSION = 1;
    /** Longest encoded policy, signature included. */
    public static final int MAX_BYTES = 768;
    /** Longest grace period. */
    public static final Duration MAX_GRACE = Duration.ofDays(365);
    /** When a policy takes effect at the latest: far from where arithmetic on times could overflow. */
    public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private static final byte[] TAG = "TorPeer-v1/policy\0".getBytes(StandardCharsets.US_ASCII);

    private static final Wire.Shape WRAPPER = Wire.Shape.of(MAX_BYTES, 2);
    private static final Wire.Shape CONTENT = Wire.Shape.of(MAX_BYTES, 6)
            .repeating(
                    org.torpeer.proto.internal.wire.NetworkPolicy.REQUIREMENTS_FIELD_NUMBER,
                    NetworkPolicy.MAX_REQUIREMENTS)
            .repeating(
                    org.torpeer.proto.internal.wire.NetworkPolicy.PREVIOUS_FIELD_NUMBER,
                    NetworkPolicy.MAX_REQUIREMENTS);

    private PolicyCodec() {}

    /**
     * Encodes and signs.
     *
     * @throws InvalidInputException if {@link #decode} would refuse the result: a field out of range
     */
    public static SignedNetworkPolicy sign(NetworkPolicy content, NetworkId network, OnionKey operator) {
        byte[] payload = encodeContent(content);
        if (!decodeContent(payload).equals(content)) {
            throw new InvalidInputException("a policy's times are whole seconds");
        }
        SignedNetworkPolicy signed =
                new SignedNetworkPolicy(content, payload, operator.sign(signedBytes(network, payload)));
        requireShort(toWire(signed).getSerializedSize());
        return signed;
    }

    public static byte[] encode(SignedNetworkPolicy policy) {
        return toWire(policy).toByteArray();
    }

    /**
     * Decodes and checks everything but the signature.
     *
     * @throws MalformedException if the bytes are not one well-formed policy
     */
    public static SignedNetworkPolicy decode(byte[] encoded) {
        return fromWire(Wire.parse(org.torpeer.proto.internal.wire.SignedNetworkPolicy.parser(), encoded, WRAPPER));
    }

    /** Whether the operator signed the policy for the network. */
    public static boolean signatureValid(SignedNetworkPolicy policy, NetworkId network, PeerId operator) {
        return Ed25519.verify(operator, signedBytes(network, policy.payload()), policy.signature());
    }

    /** The bytes a policy's signature is over. */
    static byte[] signedBytes(NetworkId network, byte[] payload) {
        return SignedPayload.bytes(TAG, network, payload);
    }

    static org.torpeer.proto.internal.wire.SignedNetworkPolicy toWire(SignedNetworkPolicy policy) {
        return org.torpeer.proto.internal.wire.SignedNetworkPolicy.newBuilder()
                .setPayload(UnsafeByteOperations.unsafeWrap(policy.payload()))
                .setSignature(UnsafeByteOperations.unsafeWrap(policy.signature()))
                .build();
    }

    static SignedNetworkPolicy fromWire(org.torpeer.proto.internal.wire.SignedNetworkPolicy wire) {
        Wire.requireKnown(wire);
        requireShort(wire.getSerializedSize());
        Fields.length("a signature", wire.getSignature().size(), Ed25519.SIGNATURE_BYTES);
        byte[] payload = wire.getPayload().toByteArray();
        return new SignedNetworkPolicy(
                decodeContent(payload), payload, wire.getSignature().toByteArray());
    }

    private static void requireShort(int bytes) {
        if (bytes > MAX_BYTES) {
            throw new MalformedException(
                    Malformation.TOO_LONG, "a policy has at most " + MAX_BYTES + " bytes, not " + bytes);
        }
    }

    private static byte[] encodeContent(NetworkPolicy content) {
        var wire = org.torpeer.proto.internal.wire.NetworkPolicy.newBuilder()
                .setVersion(VERSION)
                .setSerial(content.serial())
                .setEffective(content.effective().getEpochSecond())
                .setGrace((int) Math.min(content.grace().toSeconds(), Integer.MAX_VALUE));
        content.requirements().forEach(requirement -> wire.addRequirements(toWire(requirement)));
        content.previous().forEach(requirement -> wire.addPrevious(toWire(requirement)));
        return wire.build().toByteArray();
    }

    private static org.torpeer.proto.internal.wire.ProofRequirement toWire(ProofRequirement requirement) {
        return org.torpeer.proto.internal.wire.ProofRequirement.newBuilder()
                .setAlgorithm(requirement.algorithm())
                .setParameters(requirement.parameters())
                .setBits(requirement.minimumBits())
                .setEpoch(requirement.epoch())
                .build();
    }

    private static NetworkPolicy decodeContent(byte[] payload) {
        org.torpeer.proto.internal.wire.NetworkPolicy wire =
                Wire.parse(org.torpeer.proto.internal.wire.NetworkPolicy.parser(), payload, CONTENT);
        if (wire.getVersion() != VERSION) {
            throw new MalformedException(
                    Malformation.UNSUPPORTED_VERSION,
                    "a policy of version " + Integer.toUnsignedString(wire.getVersion()) + ": only 1 is spoken");
        }
        Fields.range("a policy's serial number", wire.getSerial(), 1, Long.MAX_VALUE);
        Fields.range("a policy's effective time", wire.getEffective(), 0, LATEST.getEpochSecond());
        Fields.range("a policy's grace period", wire.getGrace(), 0, MAX_GRACE.toSeconds());
        List<ProofRequirement> requirements = requirements(wire.getRequirementsList());
        if (requirements.isEmpty()) {
            throw Fields.bad("a policy demands something");
        }
        return new NetworkPolicy(
                wire.getSerial(),
                requirements,
                Instant.ofEpochSecond(wire.getEffective()),
                Duration.ofSeconds(wire.getGrace()),
                requirements(wire.getPreviousList()));
    }

    private static List<ProofRequirement> requirements(List<org.torpeer.proto.internal.wire.ProofRequirement> wires) {
        Set<ByteString> kinds = new HashSet<>();
        for (org.torpeer.proto.internal.wire.ProofRequirement wire : wires) {
            if (!kinds.add(wire.toBuilder().clearBits().build().toByteString())) {
                throw Fields.bad("a policy demands one number of bits of each kind of proof");
            }
        }
        return wires.stream().map(PolicyCodec::requirement).toList();
    }

    private static ProofRequirement requirement(org.torpeer.proto.internal.wire.ProofRequirement wire) {
        Wire.requireKnown(wire);
        Fields.printable("a proof's algorithm", wire.getAlgorithm(), 1, RecordCodec.MAX_ALGORITHM_BYTES);
        Fields.printable("a proof's parameters", wire.getParameters(), 0, RecordCodec.MAX_PARAMETERS_BYTES);
        Fields.range("a proof's number of bits", wire.getBits(), 0, 255);
        return new ProofRequirement(wire.getAlgorithm(), wire.getParameters(), wire.getBits(), wire.getEpoch());
    }
}
