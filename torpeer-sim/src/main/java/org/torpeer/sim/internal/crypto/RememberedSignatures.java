package org.torpeer.sim.internal.crypto;

import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerId;
import org.torpeer.node.internal.crypto.SignatureScheme;

/**
 * A scheme that remembers which signatures are good, so that a record which a thousand nodes of one process look at is
 * verified once. Whoever signs in this process is remembered too: what a key has signed need not be verified at all. The
 * answers are those of the scheme itself; what is remembered is a hash of 128 bits, so that none is taken for another. Several
 * threads may ask at the same time: halves of two of them at one place are no hash of anything.
 */
final class RememberedSignatures implements SignatureScheme {
    private final SignatureScheme scheme;
    private final KeyedHash first;
    private final KeyedHash second;
    /** Pairs of hashes, each at the one place where it can be; a later one takes the place of an earlier. */
    private final long[] places;

    /**
     * @param size of the memory, in signatures; a power of two
     */
    RememberedSignatures(SignatureScheme scheme, long secret, int size) {
        this.scheme = scheme;
        this.first = new KeyedHash(secret);
        this.second = new KeyedHash(~secret);
        this.places = new long[2 * size];
    }

    @Override
    public boolean verify(PeerId key, byte[] message, byte[] signature) {
        byte[] id = key.toBytes();
        long one = first.of(id, message, signature);
        long other = second.of(id, message, signature);
        int place = place(one);
        if (places[place] == one && places[place + 1] == other) {
            return true;
        }
        boolean good = scheme.verify(key, message, signature);
        if (good) {
            places[place] = one;
            places[place + 1] = other;
        }
        return good;
    }

    /** The key, all of whose signatures are remembered. */
    OnionKey remembering(OnionKey key) {
        return new Remembering(key);
    }

    private void remember(PeerId key, byte[] message, byte[] signature) {
        byte[] id = key.toBytes();
        long one = first.of(id, message, signature);
        int place = place(one);
        places[place] = one;
        places[place + 1] = second.of(id, message, signature);
    }

    private int place(long hash) {
        return (int) hash & (places.length - 2);
    }

    private final class Remembering implements OnionKey {
        private final OnionKey key;

        Remembering(OnionKey key) {
            this.key = key;
        }

        @Override
        public PeerId id() {
            return key.id();
        }

        @Override
        public byte[] sign(byte[] message) {
            byte[] signature = key.sign(message);
            remember(key.id(), message, signature);
            return signature;
        }

        @Override
        public byte[] expanded() {
            return key.expanded();
        }
    }
}
