package org.torpeer.proto.key;

import java.util.random.RandomGenerator;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerId;

/** A private key known by its 32-byte seed, as RFC 8032 section 5.1.5 has it. */
public final class SeedKey implements OnionKey {
    /** Length of a seed in bytes. */
    public static final int BYTES = 32;

    private final byte[] seed;
    private final byte[] publicKey;
    private final PeerId id;

    private SeedKey(byte[] seed) {
        this.seed = seed;
        this.publicKey = new byte[PeerId.BYTES];
        Ed25519.generatePublicKey(seed, 0, publicKey, 0);
        this.id = PeerId.of(publicKey);
    }

    /**
     * @param seed 32 bytes, copied
     * @throws InvalidInputException if the length is not 32
     */
    public static SeedKey of(byte[] seed) {
        if (seed.length != BYTES) {
            throw new InvalidInputException("a key's seed has 32 bytes, not " + seed.length);
        }
        return new SeedKey(seed.clone());
    }

    /**
     * A new key.
     *
     * @param random a cryptographically strong source, unless the key is for a test or a simulation
     */
    public static SeedKey generate(RandomGenerator random) {
        byte[] seed = new byte[BYTES];
        random.nextBytes(seed);
        return new SeedKey(seed);
    }

    /** A copy; whoever asks clears it after use. */
    public byte[] seed() {
        return seed.clone();
    }

    @Override
    public PeerId id() {
        return id;
    }

    @Override
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[org.torpeer.proto.key.Ed25519.SIGNATURE_BYTES];
        Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    @Override
    public byte[] expanded() {
        byte[] expanded = Sha512.of(seed);
        expanded[0] &= (byte) 0xf8;
        expanded[31] = (byte) ((expanded[31] & 0x7f) | 0x40);
        return expanded;
    }

    /** The public half only. */
    @Override
    public String toString() {
        return "SeedKey[" + id + "]";
    }
}
