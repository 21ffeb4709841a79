package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.internal.book.AddressBook;

/** Drops what has expired, seldom: nobody is handed an expired record meanwhile. Lives on the loop. */
@Singleton
final class Expiry {
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final AddressBook book;
    private final NodeRuntime runtime;

    @Inject
    Expiry(AddressBook book, NodeRuntime runtime) {
        this.book = book;
        this.runtime = runtime;
    }

    /** The runtime's end is its end, too. */
    void start() {
        runtime.loop().schedule(EVERY, () -> {
            book.expire(runtime.clock().instant());
            start();
        });
    }
}
