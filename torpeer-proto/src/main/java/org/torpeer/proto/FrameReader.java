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

    private static final ByteBuffer NO_CHUNK = ByteBuffer.allocate(0);
    private static final byte[] NO_PAYLOAD = {};

    private final ByteBuffer header = ByteBuffer.allocate(Integer.BYTES);
    private byte[] payload = NO_PAYLOAD;
    private int filled;
    private ByteBuffer chunk = NO_CHUNK;
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
        if (this.chunk.hasRemaining()) {
            throw new IllegalStateException("take the payloads of the previous chunk first");
        }
        this.chunk = ByteBuffer.wrap(chunk);
    }

    /**
     * The next complete payload, or null if more bytes are needed.
     *
     * @throws MalformedException TOO_LONG as soon as a length is zero or over the limit; again at every further call,
     *     since there is no way back into step
     */
    public byte @Nullable [] next() {
        if (!readHeader()) {
            chunk = NO_CHUNK;
            return null;
        }
        int length = header.getInt(0);
        if (filled == 0) {
            requireInLimit(length);
        }
        readPayload(length);
        if (filled < length) {
            chunk = NO_CHUNK;
            return null;
        }
        byte[] complete = payload;
        payload = NO_PAYLOAD;
        filled = 0;
        header.clear();
        return complete;
    }

    /** Whether a payload, or its length, has begun and is not complete. */
    public boolean midway() {
        return header.position() > 0;
    }

    /** The payload preceded by its length. */
    public static byte[] frame(byte[] payload) {
        return ByteBuffer.allocate(Integer.BYTES + payload.length)
                .putInt(payload.length)
                .put(payload)
                .array();
    }

    private boolean readHeader() {
        while (header.hasRemaining() && chunk.hasRemaining()) {
            header.put(chunk.get());
        }
        return !header.hasRemaining();
    }

    private void requireInLimit(int length) {
        if (length <= 0 || length > maxBytes) {
            throw new MalformedException(
                    Malformation.TOO_LONG,
                    "a frame of " + Integer.toUnsignedString(length) + " bytes where 1 to " + maxBytes
                            + " are allowed");
        }
    }

    /** Grows with what arrives, not with what was announced. */
    private void readPayload(int length) {
        int take = Math.min(length - filled, chunk.remaining());
        if (filled + take > payload.length) {
            int wanted = Math.max(filled + take, Math.max(FIRST_ALLOCATION, 2 * payload.length));
            payload = Arrays.copyOf(payload, Math.min(length, wanted));
        }
        chunk.get(payload, filled, take);
        filled += take;
    }
}
