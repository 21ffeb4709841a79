package org.torpeer.api.spi.transport;

import java.util.concurrent.CompletionStage;

/**
 * A reliable, ordered stream of bytes in both directions. Safe for several threads; chunk borders mean nothing.
 *
 * @implSpec Bytes are delivered once and in order, or the connection fails; nothing is dropped in between.
 */
public interface Connection extends AutoCloseable {
    /** Longest chunk {@link #read} results in, in bytes. */
    int MAX_CHUNK_BYTES = 16 * 1024;

    /**
     * The next chunk, of 1 to {@link #MAX_CHUNK_BYTES} bytes. One read at a time: a second before the first completes is
     * an {@link IllegalStateException}. Nothing is received from the network beyond what reads ask for and fixed
     * buffers.
     *
     * @return fails with {@link TransportException}: {@link TransportFailure#CLOSED} after the other side closed and all
     *     it sent was read, {@link TransportFailure#LOST} if the connection broke, {@link TransportFailure#LOCAL} after our own
     *     {@link #close}
     */
    CompletionStage<byte[]> read();

    /**
     * Sends bytes, in the order of calls.
     *
     * @param bytes not changed by anyone until the stage completes
     * @return completes when the bytes were handed on, which says nothing of their arrival; fails with
     *     {@link TransportException} as {@link #read} does
     */
    CompletionStage<Void> write(byte[] bytes);

    /** Closes both directions; bytes of completed writes are still delivered. Further calls do nothing. */
    @Override
    void close();
}
