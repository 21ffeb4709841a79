package org.torpeer.proto;

import org.torpeer.api.SignedPeerRecord;

/**
 * What makes values of the bytes that come in. {@link #STANDARD} is the codec itself. Another one is for a process that runs
 * many nodes, all of which are sent the same: it may give the value it made before.
 *
 * @implSpec What a decoder gives, or throws, is what the standard one would.
 */
@FunctionalInterface
public interface Decoder {
    /** Decodes anew every time. */
    Decoder STANDARD = RecordCodec::decode;

    /**
     * A record from what was signed and its signature.
     *
     * @param payload owned by the decoder from now on
     * @param signature owned by the decoder from now on
     * @throws MalformedException as {@link RecordCodec#decode(byte[])}
     */
    SignedPeerRecord record(byte[] payload, byte[] signature);

    /**
     * A frame from its payload.
     *
     * @throws MalformedException as {@link FrameCodec#decode(byte[])}
     */
    default Frame frame(byte[] payload) {
        return FrameCodec.decode(payload, this);
    }
}
