package org.torpeer.node.internal.door;

import org.torpeer.node.internal.book.Reputation;

/**
 * What a peer can do wrong that nobody but the owner of its key can be blamed for: something that came over a session it
 * had authenticated. {@link Reputation#BANNED_AT} points ban, and half of them are forgotten in an hour.
 */
public enum Offence {
    /** It passed on a record whose signature, successor or proof does not hold; who checks what it passes on never does. */
    FORGED_RECORD(50),
    /** A frame was too long, or not well-formed, or not to be sent in this session. */
    MALFORMED_FRAME(34),
    /** It sent peers that nobody had asked for. */
    UNASKED_PEERS(34),
    /** It asked for peers again and again. */
    ASKED_TOO_OFTEN(20),
    /** It pushed a thousand records beyond those taken; a young network can make an honest peer push some. */
    RECORD_FLOOD(10);

    private final double points;

    Offence(double points) {
        this.points = points;
    }

    public double points() {
        return points;
    }
}
