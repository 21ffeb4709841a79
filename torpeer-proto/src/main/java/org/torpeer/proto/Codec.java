package org.torpeer.proto;

import org.torpeer.api.SignedPeerRecord;

/**
 * What makes values of the bytes that come in, and bytes of what goes out. {@link #STANDARD} does so anew every time. Another
 * one is for a process that runs many nodes, all of which send each other the same: it may give the value it made before.
 *
 * @implSpec What a codec gives, or throws, is what the standard one would.
 */
@FunctionalInterface
public interface Codec {
    /** Encodes and decodes anew every time. */
    Codec STANDARD = RecordCodec::decode;

    /**
     * A record from what was signed and its signature.
     *
     * @param payload owned by the codec from now on
     * @param signature owned by the codec from now on
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

    /**
     * A frame as it goes over a connection, which the caller must not change.
     *
     * @throws MalformedException as {@link FrameCodec#framed}
     */
    default byte[] framed(Frame frame) {
        return FrameCodec.framed(frame);
    }
}
