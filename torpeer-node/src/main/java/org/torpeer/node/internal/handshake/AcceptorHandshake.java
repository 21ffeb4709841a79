package org.torpeer.node.internal.handshake;

import java.security.MessageDigest;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.node.internal.handshake.HandshakeException.Reason;
import org.torpeer.proto.ClientAuth;
import org.torpeer.proto.ClientClaim;
import org.torpeer.proto.ClientHello;
import org.torpeer.proto.HandshakeBinding;
import org.torpeer.proto.HandshakeCodec;
import org.torpeer.proto.ServerHello;
import org.torpeer.proto.ServerOffer;
import org.torpeer.proto.Verdict;
import org.torpeer.proto.VerdictCode;

/**
 * The accepting side, without any input or output: {@link #onHello}, {@link #onAuth}, then once the dialer's record is
 * verified {@link #accept}, or {@link #refuse}. Not safe for several threads.
 */
public final class AcceptorHandshake {
    private static final int NONCE_BYTES = 32;

    private final Credentials ours;
    private final byte[] nonce = new byte[NONCE_BYTES];
    private byte @Nullable [] hello;
    private byte @Nullable [] serverHello;
    private byte @Nullable [] auth;
    private @Nullable SignedPeerRecord record;
    private int version;

    public AcceptorHandshake(Credentials ours, RandomGenerator random) {
        this.ours = ours;
        random.nextBytes(nonce);
    }

    /**
     * Takes the first message.
     *
     * @return the second
     * @throws HandshakeException if it is malformed, from a stranger, or of no version we speak; nothing must be answered
     *     then
     */
    public byte[] onHello(byte[] message) {
        if (hello != null) {
            throw Turn.outOfTurn();
        }
        ClientHello decoded = Turn.decoded(() -> HandshakeCodec.decodeClientHello(message));
        byte[] expected = HandshakeBinding.admission(
                ours.secret(),
                decoded.versions(),
                decoded.capabilities(),
                decoded.nonce(),
                ours.key().id());
        if (!MessageDigest.isEqual(expected, decoded.admission())) {
            throw new HandshakeException(Reason.STRANGER, "a stranger to this network, or to this address, dialed");
        }
        version = Turn.bestCommon(ours.versions(), decoded.versions());
        if (version == 0) {
            throw new HandshakeException(
                    Reason.NO_COMMON_VERSION,
                    "the dialer speaks versions " + decoded.versions() + ", we " + ours.versions());
        }
        byte[] offer = HandshakeCodec.encode(new ServerOffer(
                version, ours.versions(), 0, nonce, ours.record().get()));
        byte[] signature = ours.key().sign(HandshakeBinding.serverSigned(ours.network(), message, offer));
        hello = message;
        serverHello = HandshakeCodec.encode(new ServerHello(offer, signature));
        return serverHello;
    }

    /**
     * Takes the third message.
     *
     * @return the dialer's record, to be verified before going on; null if it stays anonymous
     * @throws HandshakeException if it is malformed, or was not signed for us and this handshake
     */
    public @Nullable SignedPeerRecord onAuth(byte[] message) {
        byte[] first = hello;
        byte[] second = serverHello;
        if (first == null || second == null || auth != null) {
            throw Turn.outOfTurn();
        }
        ClientAuth outer = Turn.decoded(() -> HandshakeCodec.decodeClientAuth(message));
        ClientClaim claim = Turn.decoded(() -> HandshakeCodec.decodeClientClaim(outer.claim(), ours.codec()));
        SignedPeerRecord claimed = claim.record();
        if (claimed == null && !outer.anonymous()) {
            throw new HandshakeException(Reason.MALFORMED, "an anonymous dialer does not sign");
        }
        if (claimed != null) {
            byte[] signed = HandshakeBinding.clientSigned(
                    ours.network(), ours.key().id(), claimed.peer(), first, second, outer.claim());
            if (!ours.signatures().verify(claimed.peer(), signed, outer.signature())) {
                throw new HandshakeException(Reason.BAD_SIGNATURE, "the dialer's signature over the handshake fails");
            }
        }
        auth = message;
        record = claimed;
        return claimed;
    }

    /** The fourth message if the dialer is not to be let in. */
    public byte[] refuse(VerdictCode code, int retryAfterSeconds) {
        return HandshakeCodec.encode(new Verdict(code, retryAfterSeconds));
    }

    /** The fourth message if it is. */
    public byte[] accept() {
        return HandshakeCodec.encode(new Verdict(VerdictCode.ACCEPT, 0));
    }

    /**
     * What the handshake came to.
     *
     * @param verdict the message {@link #accept} gave
     */
    public Authenticated authenticated(byte[] verdict) {
        byte[] first = hello;
        byte[] second = serverHello;
        byte[] third = auth;
        if (first == null || second == null || third == null) {
            throw Turn.outOfTurn();
        }
        return new Authenticated(record, version, HandshakeBinding.sessionId(first, second, third, verdict));
    }
}
