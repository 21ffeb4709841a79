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
        int length = CONTEXT_TAG.length
                + Sha256.BYTES
                + PeerId.BYTES
                + 1
                + algorithm.length()
                + 1
                + parameters.length()
                + Integer.BYTES;
        ByteBuffer context = ByteBuffer.allocate(length)
                .put(CONTEXT_TAG)
                .put(network.toBytes())
                .put(key.toBytes());
        putLengthPrefixed(algorithm, context);
        putLengthPrefixed(parameters, context);
        byte[] hash = Sha256.of(context.putInt(epoch).array());
        return ByteBuffer.allocate(PowAlgorithm.PREFIX_BYTES)
                .put(PREFIX_TAG)
                .put(hash)
                .array();
    }

    private static void putLengthPrefixed(String text, ByteBuffer into) {
        into.put((byte) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
    }
}
