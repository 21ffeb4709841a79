package org.torpeer.node.internal.door;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.Node;
import org.torpeer.api.Operation;
import org.torpeer.api.PeerId;
import org.torpeer.node.internal.tally.Drop;

/** What the operator of a running node decides about its door, and sees of it. Safe for several threads. */
public interface Doorkeeper {
    /** A node that has a door. */
    interface House {
        Doorkeeper doorkeeper();
    }

    /**
     * Who is kept out or let in whatever it does.
     *
     * @param banned until when, whoever banned them
     * @param allowed by the operator
     */
    record Rulings(Map<PeerId, Instant> banned, List<PeerId> allowed) {
        public Rulings {
            banned = Map.copyOf(banned);
            allowed = List.copyOf(allowed);
        }
    }

    /**
     * The one of a node that runs in this process.
     *
     * @throws InvalidInputException if the node has none
     */
    static Doorkeeper of(Node node) {
        if (node instanceof House house) {
            return house.doorkeeper();
        }
        throw new InvalidInputException("this node's door cannot be kept from here");
    }

    /**
     * Ends the sessions with a peer and lets it in no more; replaces what was decided of it before. Completes when that is
     * stored.
     *
     * @return until when; fails with {@link InvalidInputException} if it is our own key, there are too many such peers, or
     *     the time is not positive
     */
    Operation<Instant> ban(PeerId peer, Duration time);

    /** Lets a peer in whatever it does; replaces what was decided of it before. Otherwise as {@link #ban}. */
    Operation<PeerId> allow(PeerId peer);

    /**
     * Forgets what was decided of a peer, by whomever, and its bad marks. Completes when that is stored.
     *
     * @return whether there was anything
     */
    Operation<Boolean> pardon(PeerId peer);

    Operation<Rulings> rulings();

    /** How often each reason to turn something away has applied since the node started; the others never have. */
    Map<Drop, Long> drops();
}
