package org.torpeer.node.internal.book;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.PeerId;

/**
 * Who told us of a peer. Onion addresses cost nothing and come from no place, so the only thing that tells sources apart
 * is the key that a session authenticated and that has its proof of work; or, for what was configured, the seed's host.
 */
public final class Source {
    /** Peers that were configured or read from a list, which nobody authenticated. */
    public static final Source LISTS = seed("lists");
    /** All dialers without a name together. */
    public static final Source ANONYMOUS = seed("anonymous");

    private final PeerId name;
    private final boolean authenticated;

    private Source(PeerId name, boolean authenticated) {
        this.name = name;
        this.authenticated = authenticated;
    }

    /** The peer whose session the record came over; for a peer that dialed us and showed its own record, itself. */
    public static Source peer(PeerId peer) {
        return new Source(peer, true);
    }

    /** A configured seed or list, by its host. */
    static Source seed(String host) {
        try {
            byte[] tagged = ("seed\0" + host).getBytes(StandardCharsets.UTF_8);
            return new Source(PeerId.of(MessageDigest.getInstance("SHA-256").digest(tagged)), false);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether it showed that it has the key it is named by. */
    public boolean authenticated() {
        return authenticated;
    }

    /** The peer whose session the record came over, null if it did not show who it is. */
    public @Nullable PeerId peer() {
        return authenticated ? name : null;
    }

    /** Whether it is the peer itself. */
    boolean is(PeerId peer) {
        return name.equals(peer);
    }

    /** What a book remembers of the source; without the book's secret nobody can find another source of the same. */
    long label(SipHash hash) {
        return hash.hash(name.word(0), name.word(1), name.word(2), name.word(3));
    }
}
