package org.torpeer.transport.tor.internal;

import java.io.Serial;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Random;
import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerId;

/** A real Ed25519 key of a seed, expanded as RFC 8032 section 5.1.5 says. */
public final class SeededKey implements OnionKey {
    private final byte[] seed;
    private final KeyPair pair;

    public SeededKey(Random random) {
        seed = new byte[32];
        random.nextBytes(seed);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public PeerId id() {
        byte[] encoded = pair.getPublic().getEncoded();
        return PeerId.of(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public byte[] expanded() {
        try {
            byte[] expanded = MessageDigest.getInstance("SHA-512").digest(seed);
            expanded[0] &= (byte) 248;
            expanded[31] &= 63;
            expanded[31] |= 64;
            return expanded;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The generator draws the seed and nothing else. */
    private static final class Fixed extends SecureRandom {
        @Serial
        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Fixed(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] out) {
            System.arraycopy(bytes, 0, out, 0, out.length);
        }
    }
}
