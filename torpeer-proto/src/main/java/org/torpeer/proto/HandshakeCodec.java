package org.torpeer.proto;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.SignedPeerRecord;

/**
 * The four messages of the handshake, and the two that are signed inside them, between bytes and values. Stateless. Every
 * decoder throws {@link MalformedException}, and nothing else, if its bytes are not one well-formed message.
 */
public final class HandshakeCodec {
    /** Longest message. */
    public static final int MAX_BYTES = FrameReader.BEFORE_AUTHENTICATION;

    private HandshakeCodec() {}

    public static byte[] encode(ClientHello hello) {
        return org.torpeer.proto.internal.wire.ClientHello.newBuilder()
                .addAllVersions(hello.versions())
                .setCapabilities(hello.capabilities())
                .setNonce(ByteString.copyFrom(hello.nonce()))
                .setAdmission(ByteString.copyFrom(hello.admission()))
                .build()
                .toByteArray();
    }

    public static ClientHello decodeClientHello(byte[] encoded) {
        org.torpeer.proto.internal.wire.ClientHello wire =
                Wire.parse(org.torpeer.proto.internal.wire.ClientHello.parser(), encoded, Wire.Shape.of(MAX_BYTES, 4));
        return new ClientHello(
                wire.getVersionsList(),
                wire.getCapabilities(),
                wire.getNonce().toByteArray(),
                wire.getAdmission().toByteArray());
    }

    /**
     * @throws InvalidInputException if the message would be longer than {@link #MAX_BYTES}
     */
    public static byte[] encode(ServerHello hello) {
        return limited(org.torpeer.proto.internal.wire.ServerHello.newBuilder()
                .setOffer(ByteString.copyFrom(hello.offer()))
                .setSignature(ByteString.copyFrom(hello.signature()))
                .build()
                .toByteArray());
    }

    public static ServerHello decodeServerHello(byte[] encoded) {
        org.torpeer.proto.internal.wire.ServerHello wire =
                Wire.parse(org.torpeer.proto.internal.wire.ServerHello.parser(), encoded, Wire.Shape.of(MAX_BYTES, 2));
        return new ServerHello(
                wire.getOffer().toByteArray(), wire.getSignature().toByteArray());
    }

    public static byte[] encode(ServerOffer offer) {
        return org.torpeer.proto.internal.wire.ServerOffer.newBuilder()
                .setVersion(offer.version())
                .addAllVersions(offer.versions())
                .setCapabilities(offer.capabilities())
                .setNonce(ByteString.copyFrom(offer.nonce()))
                .setRecord(RecordCodec.toWire(offer.record()))
                .build()
                .toByteArray();
    }

    public static ServerOffer decodeServerOffer(byte[] encoded) {
        return decodeServerOffer(encoded, Codec.STANDARD);
    }

    /** As {@link #decodeServerOffer(byte[])}, with the record as another codec gives it. */
    public static ServerOffer decodeServerOffer(byte[] encoded, Codec codec) {
        org.torpeer.proto.internal.wire.ServerOffer wire =
                Wire.parse(org.torpeer.proto.internal.wire.ServerOffer.parser(), encoded, Wire.Shape.of(MAX_BYTES, 5));
        if (!wire.hasRecord()) {
            throw Fields.bad("an offer has a record");
        }
        return new ServerOffer(
                wire.getVersion(),
                wire.getVersionsList(),
                wire.getCapabilities(),
                wire.getNonce().toByteArray(),
                RecordCodec.fromWire(wire.getRecord(), codec));
    }

    /**
     * @throws InvalidInputException if the message would be longer than {@link #MAX_BYTES}
     */
    public static byte[] encode(ClientAuth auth) {
        return limited(org.torpeer.proto.internal.wire.ClientAuth.newBuilder()
                .setClaim(ByteString.copyFrom(auth.claim()))
                .setSignature(ByteString.copyFrom(auth.signature()))
                .build()
                .toByteArray());
    }

    public static ClientAuth decodeClientAuth(byte[] encoded) {
        org.torpeer.proto.internal.wire.ClientAuth wire =
                Wire.parse(org.torpeer.proto.internal.wire.ClientAuth.parser(), encoded, Wire.Shape.of(MAX_BYTES, 2));
        return new ClientAuth(wire.getClaim().toByteArray(), wire.getSignature().toByteArray());
    }

    public static byte[] encode(ClientClaim claim) {
        SignedPeerRecord record = claim.record();
        org.torpeer.proto.internal.wire.ClientClaim.Builder wire =
                org.torpeer.proto.internal.wire.ClientClaim.newBuilder();
        if (record == null) {
            wire.setAnonymous(true);
        } else {
            wire.setRecord(RecordCodec.toWire(record));
        }
        return wire.build().toByteArray();
    }

    public static ClientClaim decodeClientClaim(byte[] encoded) {
        return decodeClientClaim(encoded, Codec.STANDARD);
    }

    /** As {@link #decodeClientClaim(byte[])}, with the record as another codec gives it. */
    public static ClientClaim decodeClientClaim(byte[] encoded, Codec codec) {
        org.torpeer.proto.internal.wire.ClientClaim wire =
                Wire.parse(org.torpeer.proto.internal.wire.ClientClaim.parser(), encoded, Wire.Shape.of(MAX_BYTES, 2));
        if (wire.hasRecord() == wire.getAnonymous()) {
            throw Fields.bad("a claim has a record or is anonymous");
        }
        @Nullable SignedPeerRecord record = wire.hasRecord() ? RecordCodec.fromWire(wire.getRecord(), codec) : null;
        return new ClientClaim(record);
    }

    public static byte[] encode(Verdict verdict) {
        return org.torpeer.proto.internal.wire.Verdict.newBuilder()
                .setCode(codeToWire(verdict.code()))
                .setRetryAfterSeconds(verdict.retryAfterSeconds())
                .build()
                .toByteArray();
    }

    public static Verdict decodeVerdict(byte[] encoded) {
        org.torpeer.proto.internal.wire.Verdict wire =
                Wire.parse(org.torpeer.proto.internal.wire.Verdict.parser(), encoded, Wire.Shape.of(MAX_BYTES, 2));
        return new Verdict(codeFromWire(wire), wire.getRetryAfterSeconds());
    }

    private static byte[] limited(byte[] encoded) {
        if (encoded.length > MAX_BYTES) {
            throw new MalformedException(
                    Malformation.TOO_LONG, "a handshake message has at most " + MAX_BYTES + " bytes");
        }
        return encoded;
    }

    private static org.torpeer.proto.internal.wire.VerdictCode codeToWire(VerdictCode code) {
        return switch (code) {
            case ACCEPT -> org.torpeer.proto.internal.wire.VerdictCode.VERDICT_CODE_ACCEPT;
            case BUSY -> org.torpeer.proto.internal.wire.VerdictCode.VERDICT_CODE_BUSY;
            case BAD_RECORD -> org.torpeer.proto.internal.wire.VerdictCode.VERDICT_CODE_BAD_RECORD;
            case BAD_SIGNATURE -> org.torpeer.proto.internal.wire.VerdictCode.VERDICT_CODE_BAD_SIGNATURE;
            case PROOF_TOO_SMALL -> org.torpeer.proto.internal.wire.VerdictCode.VERDICT_CODE_PROOF_TOO_SMALL;
            case DUPLICATE -> org.torpeer.proto.internal.wire.VerdictCode.VERDICT_CODE_DUPLICATE;
            case BANNED -> org.torpeer.proto.internal.wire.VerdictCode.VERDICT_CODE_BANNED;
            case REVOKED -> org.torpeer.proto.internal.wire.VerdictCode.VERDICT_CODE_REVOKED;
        };
    }

    private static VerdictCode codeFromWire(org.torpeer.proto.internal.wire.Verdict wire) {
        return switch (wire.getCode()) {
            case VERDICT_CODE_ACCEPT -> VerdictCode.ACCEPT;
            case VERDICT_CODE_BUSY -> VerdictCode.BUSY;
            case VERDICT_CODE_BAD_RECORD -> VerdictCode.BAD_RECORD;
            case VERDICT_CODE_BAD_SIGNATURE -> VerdictCode.BAD_SIGNATURE;
            case VERDICT_CODE_PROOF_TOO_SMALL -> VerdictCode.PROOF_TOO_SMALL;
            case VERDICT_CODE_DUPLICATE -> VerdictCode.DUPLICATE;
            case VERDICT_CODE_BANNED -> VerdictCode.BANNED;
            case VERDICT_CODE_REVOKED -> VerdictCode.REVOKED;
            case VERDICT_CODE_UNSPECIFIED, UNRECOGNIZED -> throw Fields.unknown("verdict", wire.getCodeValue());
        };
    }
}
