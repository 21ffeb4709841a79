package org.torpeer.proto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.PeerId;
import org.torpeer.api.spi.pow.PowAlgorithm;

/**
 * What a proof of work is bound to: {@code "TorPeer-pow1" | C} with {@code C = SHA-256("TorPeer-v1/pow\0" | network id (32)
 * | key (32) | length (u8) | algorithm | length (u8) | parameters | epoch (u32 big-endian))}. Stateless.
 */
public final class ProofPrefix {
    private static final byte[] PREFIX_TAG = "TorPeer-pow1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTEXT_TAG = "TorPeer-v1/pow\0".getBytes(StandardCharsets.US_ASCII);

    private ProofPrefix() {}

    /**
     * The {@link PowAlgorithm#PREFIX_BYTES} bytes before the nonce.
     *
     * @param algorithm 1 to 16 characters of printable ASCII
     * @param parameters at most 32 characters of printable ASCII
     * @param epoch unsigned
     * @throws InvalidInputException if {@code algorithm} or {@code parameters} is not such
     */
    public static byte[] of(NetworkId network, PeerId key, String algorithm, String parameters, int epoch) {
        Fields.printable("a proof's algorithm", algorithm, 1, RecordCodec.MAX_ALGORITHM_BYTES);
        Fields.printable("a proof's parameters", parameters, 0, RecordCodec.MAX_PARAMETERS_BYTES);
        byte[] context = Sha256.of(
                CONTEXT_TAG,
                network.toBytes(),
                key.toBytes(),
                lengthPrefixed(algorithm),
                lengthPrefixed(parameters),
                Sha256.u32(epoch));
        return ByteBuffer.allocate(PowAlgorithm.PREFIX_BYTES)
                .put(PREFIX_TAG)
                .put(context)
                .array();
    }

    private static byte[] lengthPrefixed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(1 + bytes.length)
                .put((byte) bytes.length)
                .put(bytes)
                .array();
    }
}
