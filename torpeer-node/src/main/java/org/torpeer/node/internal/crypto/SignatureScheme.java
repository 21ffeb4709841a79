package org.torpeer.node.internal.crypto;

import org.torpeer.api.PeerId;
import org.torpeer.proto.key.Ed25519;

/**
 * How a node tells whether a key signed something; how it signs is its {@link org.torpeer.api.OnionKey}'s own. There is
 * one such scheme on the wire, {@link #ED25519}. Others are for simulations, whose nodes all use the same, and no setting
 * of a node leads to them. Safe for use by several threads.
 */
@FunctionalInterface
public interface SignatureScheme {
    /** Strict Ed25519 as {@link Ed25519#verify} has it. */
    SignatureScheme ED25519 = Ed25519::verify;

    /** Whether {@code signature} is the key's signature over {@code message}. Never throws, whatever the bytes. */
    boolean verify(PeerId key, byte[] message, byte[] signature);
}
