package org.torpeer.cli;

import java.util.HexFormat;
import java.util.Locale;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.OnionAddress;
import org.torpeer.api.PeerId;

/** A public key on the command line. */
final class PeerKey {
    private PeerKey() {}

    /** Its 64 hexadecimal digits. */
    static String hex(PeerId key) {
        return HexFormat.of().formatHex(key.toBytes());
    }

    /**
     * Reads 64 hexadecimal digits, or an onion address.
     *
     * @throws InvalidInputException if it is neither
     */
    static PeerId parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.matches("[0-9a-f]{64}")) {
            return PeerId.of(HexFormat.of().parseHex(lower));
        }
        try {
            return OnionAddress.parse(text).peer();
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    "a key is 64 hexadecimal digits or an onion address, not '" + text + "'", e);
        }
    }
}
