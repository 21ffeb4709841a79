package org.torpeer.node.internal.book;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.torpeer.api.PeerId;

/**
 * Who told us of a peer. Onion addresses cost nothing and come from no place, so the only thing that tells sources apart
 * is the key that a session authenticated and that has its proof of work; or, for what was configured, the seed's host.
 */
public final class Source {
    private final byte[] name;

    private Source(byte[] name) {
        this.name = name;
    }

    /** The peer whose session the record came over; for a peer that dialed us and showed its own record, itself. */
    public static Source peer(PeerId peer) {
        return new Source(peer.toBytes());
    }

    /** A configured seed or list, by its host. */
    public static Source seed(String host) {
        try {
            byte[] tagged = ("seed\0" + host).getBytes(StandardCharsets.UTF_8);
            return new Source(MessageDigest.getInstance("SHA-256").digest(tagged));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What a book remembers of the source; without the book's secret nobody can find another source of the same. */
    long label(SipHash hash) {
        ByteBuffer words = ByteBuffer.wrap(name);
        return hash.hash(words.getLong(), words.getLong(), words.getLong(), words.getLong());
    }
}
