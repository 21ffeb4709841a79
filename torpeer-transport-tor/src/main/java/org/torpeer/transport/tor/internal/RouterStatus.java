package org.torpeer.transport.tor.internal;

import java.util.Arrays;
import java.util.Set;

/** Reads router status entries. Format: Tor directory protocol version 3, section 3.4.1. */
final class RouterStatus {
    private static final Set<String> NEEDED = Set.of("Running", "Guard", "HSDir", "V2Dir");

    private RouterStatus() {}

    /** How many of the routers in an answer to {@code GETINFO ns/all} can do all that an onion service needs. */
    static int usable(String entries) {
        return (int) entries.lines()
                .filter(line -> line.startsWith("s "))
                .filter(line -> Arrays.asList(line.split(" ", -1)).containsAll(NEEDED))
                .count();
    }
}
