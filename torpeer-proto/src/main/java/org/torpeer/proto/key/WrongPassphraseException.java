package org.torpeer.proto.key;

import java.io.Serial;
import org.torpeer.api.InvalidInputException;

/** Sealed bytes do not open with this passphrase. */
public final class WrongPassphraseException extends InvalidInputException {
    @Serial
    private static final long serialVersionUID = 1L;

    WrongPassphraseException(String message) {
        super(message);
    }
}
