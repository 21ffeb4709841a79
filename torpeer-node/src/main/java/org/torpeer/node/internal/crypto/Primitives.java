package org.torpeer.node.internal.crypto;

import java.util.function.Function;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.proto.Codec;

/**
 * What a node reads and verifies with what others send.
 *
 * @param proofs finds a proof-of-work algorithm by its name, or throws
 */
public record Primitives(SignatureScheme signatures, Function<String, PowAlgorithm> proofs, Codec codec) {
    /** With the codec that every node has. */
    public Primitives(SignatureScheme signatures, Function<String, PowAlgorithm> proofs) {
        this(signatures, proofs, Codec.STANDARD);
    }

    /** What is on the wire, and all that a node outside a simulation can have. */
    public static Primitives real() {
        return new Primitives(SignatureScheme.ED25519, Providers.powAlgorithms()::require);
    }
}
