package org.torpeer.node.internal.handshake;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.PeerId;
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
 * The dialing side, without any input or output: {@link #hello}, {@link #onServerHello}, then once the acceptor's record
 * is verified {@link #auth}, {@link #onVerdict}. Not safe for several threads.
 */
public final class DialerHandshake {
    private static final int NONCE_BYTES = 32;

    private final Credentials ours;
    private final PeerId server;
    private final boolean anonymous;
    private final byte[] hello;
    private byte @Nullable [] serverHello;
    private byte @Nullable [] auth;
    private @Nullable ServerOffer offer;

    /**
     * @param server whom we mean to reach
     * @param anonymous whether we keep to ourselves who we are; we may only ask for peers then
     */
    public DialerHandshake(Credentials ours, PeerId server, boolean anonymous, RandomGenerator random) {
        this.ours = ours;
        this.server = server;
        this.anonymous = anonymous;
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] admission = HandshakeBinding.admission(ours.secret(), ours.versions(), 0, nonce, server);
        this.hello = HandshakeCodec.encode(new ClientHello(ours.versions(), 0, nonce, admission));
    }

    /** The first message. */
    public byte[] hello() {
        return hello;
    }

    /**
     * Takes the second message.
     *
     * @return the acceptor's record, to be verified before going on
     * @throws HandshakeException if it is malformed, of another peer, or changed on the way
     */
    public SignedPeerRecord onServerHello(byte[] message) {
        if (serverHello != null) {
            throw Turn.outOfTurn();
        }
        ServerHello outer = Turn.decoded(() -> HandshakeCodec.decodeServerHello(message));
        ServerOffer inner = Turn.decoded(() -> HandshakeCodec.decodeServerOffer(outer.offer(), ours.codec()));
        if (!inner.record().peer().equals(server)) {
            throw new HandshakeException(Reason.WRONG_PEER, "another peer answered than was dialed");
        }
        byte[] signed = HandshakeBinding.serverSigned(ours.network(), hello, outer.offer());
        if (!ours.signatures().verify(server, signed, outer.signature())) {
            throw new HandshakeException(Reason.BAD_SIGNATURE, "the acceptor's signature over the handshake fails");
        }
        if (inner.version() == 0 || inner.version() != Turn.bestCommon(ours.versions(), inner.versions())) {
            throw new HandshakeException(Reason.DOWNGRADE, "the acceptor did not choose the best common version");
        }
        serverHello = message;
        offer = inner;
        return inner.record();
    }

    /**
     * The record of the acceptor, which has authenticated itself.
     *
     * @throws HandshakeException before {@link #onServerHello}
     */
    public SignedPeerRecord acceptor() {
        ServerOffer chosen = offer;
        if (chosen == null) {
            throw Turn.outOfTurn();
        }
        return chosen.record();
    }

    /** The third message. */
    public byte[] auth() {
        byte[] received = serverHello;
        if (received == null || auth != null) {
            throw Turn.outOfTurn();
        }
        byte[] claim = HandshakeCodec.encode(
                new ClientClaim(anonymous ? null : ours.record().get()));
        byte[] signature = anonymous
                ? new byte[0]
                : ours.key()
                        .sign(HandshakeBinding.clientSigned(
                                ours.network(), server, ours.key().id(), hello, received, claim));
        byte[] message = HandshakeCodec.encode(new ClientAuth(claim, signature));
        auth = message;
        return message;
    }

    /**
     * Takes the fourth message.
     *
     * @throws HandshakeException if it is malformed or a refusal
     */
    public Authenticated onVerdict(byte[] message) {
        byte[] received = serverHello;
        byte[] sent = auth;
        ServerOffer chosen = offer;
        if (received == null || sent == null || chosen == null) {
            throw Turn.outOfTurn();
        }
        Verdict verdict = Turn.decoded(() -> HandshakeCodec.decodeVerdict(message));
        if (verdict.code() != VerdictCode.ACCEPT) {
            throw HandshakeException.rejected(verdict, chosen.record());
        }
        return new Authenticated(
                chosen.record(), chosen.version(), HandshakeBinding.sessionId(hello, received, sent, message));
    }
}
