package org.torpeer.testkit.adversary;

import java.util.List;
import java.util.random.RandomGenerator;
import org.torpeer.api.NetworkId;
import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerId;
import org.torpeer.proto.ClientAuth;
import org.torpeer.proto.ClientClaim;
import org.torpeer.proto.ClientHello;
import org.torpeer.proto.HandshakeBinding;
import org.torpeer.proto.HandshakeCodec;
import org.torpeer.proto.ServerHello;
import org.torpeer.proto.ServerOffer;
import org.torpeer.proto.key.Ed25519;

/** The messages of a handshake, well formed, with whatever in them; made without the code of a node. */
public final class HandshakeForge {
    private static final int NONCE_BYTES = 32;

    private HandshakeForge() {}

    public static byte[] nonce(RandomGenerator random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
    }

    /** The first message, admitted by the secret at the server. */
    public static byte[] hello(byte[] secret, List<Integer> versions, byte[] nonce, PeerId server) {
        return HandshakeCodec.encode(
                new ClientHello(versions, 0, nonce, HandshakeBinding.admission(secret, versions, 0, nonce, server)));
    }

    /** The first message with other versions, admitted again by who knows the secret. */
    public static byte[] withVersions(byte[] hello, List<Integer> versions, byte[] secret, PeerId server) {
        return hello(secret, versions, HandshakeCodec.decodeClientHello(hello).nonce(), server);
    }

    /** The second message, signed by whoever. */
    public static byte[] serverHello(OnionKey signer, NetworkId network, byte[] hello, ServerOffer offer) {
        byte[] encoded = HandshakeCodec.encode(offer);
        return HandshakeCodec.encode(
                new ServerHello(encoded, signer.sign(HandshakeBinding.serverSigned(network, hello, encoded))));
    }

    /** Whether the second message is the server's own answer to this first one. */
    public static boolean answers(byte[] serverHello, byte[] hello, NetworkId network, PeerId server) {
        ServerHello answer = HandshakeCodec.decodeServerHello(serverHello);
        return Ed25519.verify(
                server, HandshakeBinding.serverSigned(network, hello, answer.offer()), answer.signature());
    }

    /** The third message: the persona's claim, signed by its key for the server and these two messages. */
    public static byte[] auth(Persona persona, PeerId server, byte[] hello, byte[] serverHello) {
        byte[] claim = HandshakeCodec.encode(new ClientClaim(persona.record()));
        byte[] signed = HandshakeBinding.clientSigned(
                persona.network(), server, persona.record().peer(), hello, serverHello, claim);
        return HandshakeCodec.encode(new ClientAuth(claim, persona.key().sign(signed)));
    }

    /** The third message of a dialer that stays nobody. */
    public static byte[] anonymousAuth() {
        return HandshakeCodec.encode(new ClientAuth(HandshakeCodec.encode(new ClientClaim(null)), new byte[0]));
    }
}
