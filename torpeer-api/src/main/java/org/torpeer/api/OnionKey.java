package org.torpeer.api;

/**
 * The private half of a node's identity. Implementations are immutable, safe for use by several threads, and never show
 * the key in {@code toString}.
 */
public interface OnionKey {
    PeerId id();

    /** An Ed25519 signature (RFC 8032, no context) of 64 bytes over {@code message}. */
    byte[] sign(byte[] message);

    /**
     * The expanded private key Tor works with: 64 bytes, the clamped little-endian scalar followed by the hash prefix. A
     * copy; whoever asks clears it after use.
     */
    byte[] expanded();
}
