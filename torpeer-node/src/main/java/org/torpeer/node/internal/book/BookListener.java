package org.torpeer.node.internal.book;

import org.torpeer.api.PeerId;

/** Hears what becomes of a book's entries, whoever caused it, while it does: must not call the book. */
@FunctionalInterface
public interface BookListener {
    /** The peer is not in the book any more. */
    void removed(PeerId peer);

    /** Something of what is {@linkplain AddressBook#stored to be stored} of the peer may have changed. */
    default void changed(PeerId peer) {}
}
