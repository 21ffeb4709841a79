package org.torpeer.node.internal.handshake;

import java.util.List;
import java.util.function.Supplier;
import org.torpeer.api.InvalidInputException;

/** What both sides of the handshake share. */
final class Turn {
    private Turn() {}

    /** Runs a decoder; what it refuses is a malformed handshake. */
    static <T> T decoded(Supplier<T> decoder) {
        try {
            return decoder.get();
        } catch (InvalidInputException e) {
            throw new HandshakeException(HandshakeException.Reason.MALFORMED, e.getMessage());
        }
    }

    /** The highest version in both lists, or 0. */
    static int bestCommon(List<Integer> ours, List<Integer> theirs) {
        return ours.stream().filter(theirs::contains).mapToInt(v -> v).max().orElse(0);
    }

    static HandshakeException outOfTurn() {
        return new HandshakeException(HandshakeException.Reason.MALFORMED, "a handshake message came out of turn");
    }
}
