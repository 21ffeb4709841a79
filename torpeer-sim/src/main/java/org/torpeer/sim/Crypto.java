package org.torpeer.sim;

import java.util.Arrays;
import java.util.Locale;
import org.torpeer.api.InvalidInputException;

/** How the nodes of a run sign and prove. */
public enum Crypto {
    /**
     * Ed25519 signatures and SHA-256 proofs of a few bits, as on the wire. A signature that was made or verified in this
     * run before is not verified again, for whichever node: the answer would be the same.
     */
    REAL,
    /**
     * For large runs: keyed hashes in place of signatures, as long as those are, and proofs that are only accounted for. All
     * else is the same, and every check is made.
     */
    SIMULATED;

    /**
     * @param name in lower case
     * @throws InvalidInputException if there is no such way; the message lists those there are
     */
    public static Crypto named(String name) {
        return Arrays.stream(values())
                .filter(crypto -> crypto.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("there is no crypto '" + name + "'; there is "
                        + String.join(
                                ", ",
                                Arrays.stream(values())
                                        .map(crypto -> crypto.name().toLowerCase(Locale.ROOT))
                                        .toList())));
    }
}
