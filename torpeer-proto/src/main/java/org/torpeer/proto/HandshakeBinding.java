package org.torpeer.proto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.PeerId;

/**
 * What the handshake's authenticators are over. Messages are given as the exact bytes on the wire, without the length
 * prefix of their frame. Stateless.
 */
public final class HandshakeBinding {
    private static final byte[] HELLO_TAG = ascii("TorPeer-v1/hs-hello\0");
    private static final byte[] SERVER_TAG = ascii("TorPeer-v1/hs-server\0");
    private static final byte[] CLIENT_TAG = ascii("TorPeer-v1/hs-client\0");

    private static final String HMAC = "HmacSHA256";
    /** To look for one each time takes longer than all the rest. */
    private static final Provider PROVIDER = provider();

    private HandshakeBinding() {}

    /**
     * Shows that the dialer knows the network's secret and whom it dials, before the acceptor says anything:
     * {@code HMAC-SHA-256(secret, "TorPeer-v1/hs-hello\0" | server key (32) | nonce (32) | capabilities (u64 big-endian) |
     * number of versions (u8) | versions (u8 each))}.
     *
     * @param secret the network's id, or its secret if it is private; not empty
     * @param versions as in {@link ClientHello}
     * @param nonce 32 bytes
     * @throws InvalidInputException if the secret is empty, or versions or nonce are not as in a {@link ClientHello}
     */
    public static byte[] admission(
            byte[] secret, List<Integer> versions, long capabilities, byte[] nonce, PeerId server) {
        if (secret.length == 0) {
            throw new InvalidInputException("a network's secret is not empty");
        }
        Fields.versions(versions);
        Fields.length("a nonce", nonce.length, Fields.NONCE_BYTES);
        ByteBuffer message = ByteBuffer.allocate(
                        HELLO_TAG.length + PeerId.BYTES + Fields.NONCE_BYTES + Long.BYTES + 1 + versions.size())
                .put(HELLO_TAG)
                .put(server.toBytes())
                .put(nonce)
                .putLong(capabilities)
                .put((byte) versions.size());
        versions.forEach(version -> message.put(version.byteValue()));
        return hmacSha256(secret, message.array());
    }

    /**
     * What the acceptor signs: {@code "TorPeer-v1/hs-server\0" | network id (32) | SHA-256(length (u32 big-endian) | hello |
     * length | offer)}.
     *
     * @param hello the {@link ClientHello}
     * @param offer the {@link ServerOffer}
     */
    public static byte[] serverSigned(NetworkId network, byte[] hello, byte[] offer) {
        return concatenated(SERVER_TAG, network.toBytes(), Sha256.ofLengthPrefixed(hello, offer));
    }

    /**
     * What the dialer signs: {@code "TorPeer-v1/hs-client\0" | network id (32) | server key (32) | client key (32) |
     * SHA-256(length (u32 big-endian) | hello | length | server hello | length | claim)}. An acceptor demands its own key
     * in it, so that nobody can pass a dialer's signature on to another acceptor.
     *
     * @param hello the {@link ClientHello}
     * @param serverHello the {@link ServerHello}, signature included
     * @param claim the {@link ClientClaim}
     */
    public static byte[] clientSigned(
            NetworkId network, PeerId server, PeerId client, byte[] hello, byte[] serverHello, byte[] claim) {
        return concatenated(
                CLIENT_TAG,
                network.toBytes(),
                server.toBytes(),
                client.toBytes(),
                Sha256.ofLengthPrefixed(hello, serverHello, claim));
    }

    /**
     * The name of a session, 32 bytes: SHA-256 over its four handshake messages, each preceded by its length (u32
     * big-endian).
     */
    public static byte[] sessionId(byte[] clientHello, byte[] serverHello, byte[] clientAuth, byte[] verdict) {
        return Sha256.ofLengthPrefixed(clientHello, serverHello, clientAuth, verdict);
    }

    private static byte[] hmacSha256(byte[] secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC, PROVIDER);
            mac.init(new SecretKeySpec(secret, HMAC));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256, for any secret", e);
        }
    }

    private static Provider provider() {
        try {
            Mac mac = Mac.getInstance(HMAC);
            // Only with a key does it choose.
            mac.init(new SecretKeySpec(new byte[] {0}, HMAC));
            return mac.getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }

    private static byte[] concatenated(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            out.put(part);
        }
        return out.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
