package org.torpeer.api;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * A running node. Safe for use by several threads; callbacks run on the node's event loop.
 */
public interface Node extends AutoCloseable {
    /** Longest body of a request or an answer, in bytes. */
    int MAX_BODY_BYTES = 60 * 1024;

    NetworkId network();

    PeerId id();

    Endpoint endpoint();

    Role role();

    /** Our own record as others see it now. */
    SignedPeerRecord record();

    /**
     * Answers requests of a protocol from now on, and says so in our record. A router carries no application traffic and
     * refuses handlers.
     *
     * @param protocol 1 to 32 characters of printable ASCII, such as {@code chat/1}
     * @throws InvalidInputException if the name is not such, 16 others are handled already, or the node is a router
     */
    void handle(String protocol, RequestHandler handler);

    /**
     * Dials the seeds, asks them for peers, and verifies those. Completes when at least one seed has answered and what it
     * sent has been tried; the node goes on discovering after that.
     *
     * @return the number of peers verified so far; fails with {@link JoinException} if no seed could be joined through
     */
    Operation<Integer> join(Collection<Endpoint> seeds);

    /**
     * Takes records from elsewhere, such as a peer list fetched over HTTP, through the same checks as those of peers, and
     * dials them. Completes as {@link #join} does.
     */
    Operation<Integer> joinFrom(Collection<SignedPeerRecord> records);

    /** The peer table now; at most as many entries as the table holds. */
    List<KnownPeer> peers();

    /**
     * Sends a request over the session with the peer, dialing if there is none.
     *
     * @param body at most {@link #MAX_BODY_BYTES}
     * @param timeout for dialing and answer together
     * @return the answer; fails with {@link RequestException}
     */
    Operation<byte[]> request(PeerId peer, String protocol, byte[] body, Duration timeout);

    /** Hears events from now on. */
    void addListener(NodeListener listener);

    /** Says goodbye to connected peers, closes everything this node opened and waits for it. Further calls do nothing. */
    @Override
    void close();
}
