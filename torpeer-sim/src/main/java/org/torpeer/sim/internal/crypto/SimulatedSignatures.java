package org.torpeer.sim.internal.crypto;

import java.util.random.RandomGenerator;
import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerId;
import org.torpeer.node.internal.crypto.SignatureScheme;
import org.torpeer.proto.key.Ed25519;

/**
 * Signatures as long as real ones that cost a hash: a hash of key and message under the secret of the run, which every
 * key and every verifier shares. A key is any 32 bytes, and no point of a curve.
 */
final class SimulatedSignatures implements SignatureScheme {
    private static final int WORDS = Ed25519.SIGNATURE_BYTES / Long.BYTES;
    private static final int EXPANDED_BYTES = 64;

    private final KeyedHash hash;

    SimulatedSignatures(long secret) {
        this.hash = new KeyedHash(secret);
    }

    @Override
    public boolean verify(PeerId key, byte[] message, byte[] signature) {
        if (signature.length != Ed25519.SIGNATURE_BYTES) {
            return false;
        }
        long expected = hash.of(key.toBytes(), message);
        for (int word = 0; word < WORDS; word++) {
            if ((long) KeyedHash.LONGS.get(signature, word * Long.BYTES) != KeyedHash.word(expected, word)) {
                return false;
            }
        }
        return true;
    }

    /** A new key. */
    OnionKey key(RandomGenerator random) {
        byte[] id = new byte[PeerId.BYTES];
        random.nextBytes(id);
        return new Key(PeerId.of(id));
    }

    private byte[] sign(PeerId key, byte[] message) {
        long signed = hash.of(key.toBytes(), message);
        byte[] signature = new byte[Ed25519.SIGNATURE_BYTES];
        for (int word = 0; word < WORDS; word++) {
            KeyedHash.LONGS.set(signature, word * Long.BYTES, KeyedHash.word(signed, word));
        }
        return signature;
    }

    private final class Key implements OnionKey {
        private final PeerId id;

        Key(PeerId id) {
            this.id = id;
        }

        @Override
        public PeerId id() {
            return id;
        }

        @Override
        public byte[] sign(byte[] message) {
            return SimulatedSignatures.this.sign(id, message);
        }

        /** There is nothing behind the key that Tor could work with. */
        @Override
        public byte[] expanded() {
            return new byte[EXPANDED_BYTES];
        }
    }
}
