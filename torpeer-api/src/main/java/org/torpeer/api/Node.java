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

    /**
     * Gives a key up for good, ours or anybody's: takes the certificate as if a peer had sent it, and passes it on. A node
     * whose own key it is closes itself. Publishing again passes it on again.
     *
     * @param revocation a record in state {@link PeerState#REVOKED}
     * @return the number of peers connected; fails with {@link TorPeerException} if the certificate is not genuine, or of a
     *     key unknown here whose proof is not what the network demands
     * @throws InvalidInputException if the record is in another state
     */
    Operation<Integer> publish(SignedPeerRecord revocation);

    /**
     * Takes a policy of the network as if a peer had sent it, and passes it on.
     *
     * @return the number of peers connected; fails with {@link TorPeerException} if this node knows no operator, another
     *     signed the policy, or one with a serial number at least as high is known
     */
    Operation<Integer> publish(SignedNetworkPolicy policy);

    /** What the network demands as far as this node knows. */
    NetworkPolicy policy();

    /** Hears events from now on. */
    void addListener(NodeListener listener);

    /** Says goodbye to connected peers, closes everything this node opened and waits for it. Further calls wait, too. */
    @Override
    void close();
}
