package org.torpeer.proto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into payloads, each preceded by its length as unsigned 32-bit big-endian, 1 to a limit. Holds at
 * most one payload's worth of what has actually arrived, and the chunk given last. Not safe for use by several threads.
 *
 * <p>Give it a chunk, then take payloads until there is none; the limit may change between two payloads.
 */
public final class FrameReader {
    /** Longest payload while the other side is a stranger. */
    public static final int BEFORE_AUTHENTICATION = 2048;
    /** Longest payload in a session. */
    public static final int AFTER_AUTHENTICATION = 64 * 1024;

    private static final int FIRST_ALLOCATION = 1024;

    private static final byte[] NOTHING = {};

    /** Of the payload, as far as its bytes have come. */
    private int length;

    private int lengthBytes;
    private byte[] payload = NOTHING;
    private int filled;
    private byte[] chunk = NOTHING;
    private int position;
    private int maxBytes;

    /**
     * @param maxBytes longest payload
     */
    public FrameReader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Sets the longest payload from now on; a payload whose length has been read already keeps the limit it had. */
    public void limit(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Takes bytes as they came, in pieces of any size.
     *
     * @param chunk owned by this reader until {@link #next} has returned null
     * @throws IllegalStateException if there are payloads of the previous chunk to be taken first
     */
    public void feed(byte[] chunk) {
        if (position < this.chunk.length) {
            throw new IllegalStateException("take the payloads of the previous chunk first");
        }
        this.chunk = chunk;
        this.position = 0;
    }

    /**
     * The next complete payload, or null if more bytes are needed.
     *
     * @throws MalformedException TOO_LONG as soon as a length is zero or over the limit; again at every further call,
     *     since there is no way back into step
     */
    public byte @Nullable [] next() {
        if (!readLength()) {
            forgetChunk();
            return null;
        }
        if (filled == 0) {
            requireInLimit();
        }
        readPayload();
        if (filled < length) {
            forgetChunk();
            return null;
        }
        byte[] complete = payload;
        payload = NOTHING;
        filled = 0;
        length = 0;
        lengthBytes = 0;
        return complete;
    }

    /** Whether a payload, or its length, has begun and is not complete. */
    public boolean midway() {
        return lengthBytes > 0;
    }

    /** The payload preceded by its length. */
    public static byte[] frame(byte[] payload) {
        return ByteBuffer.allocate(Integer.BYTES + payload.length)
                .putInt(payload.length)
                .put(payload)
                .array();
    }

    private boolean readLength() {
        while (lengthBytes < Integer.BYTES && position < chunk.length) {
            length = (length << Byte.SIZE) | (chunk[position++] & 0xff);
            lengthBytes++;
        }
        return lengthBytes == Integer.BYTES;
    }

    private void requireInLimit() {
        if (length <= 0 || length > maxBytes) {
            throw new MalformedException(
                    Malformation.TOO_LONG,
                    "a frame of " + Integer.toUnsignedString(length) + " bytes where 1 to " + maxBytes
                            + " are allowed");
        }
    }

    /** Grows with what arrives, not with what was announced. */
    private void readPayload() {
        int take = Math.min(length - filled, chunk.length - position);
        if (take == length) {
            // The whole of it is in the chunk.
            payload = Arrays.copyOfRange(chunk, position, position + take);
            position += take;
            filled = take;
            return;
        }
        if (filled + take > payload.length) {
            int wanted = Math.max(filled + take, Math.max(FIRST_ALLOCATION, 2 * payload.length));
            payload = Arrays.copyOf(payload, Math.min(length, wanted));
        }
        System.arraycopy(chunk, position, payload, filled, take);
        position += take;
        filled += take;
    }

    private void forgetChunk() {
        chunk = NOTHING;
        position = 0;
    }
}
