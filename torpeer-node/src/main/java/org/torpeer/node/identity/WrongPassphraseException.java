package org.torpeer.node.identity;

import java.io.Serial;

/** A sealed file needs a passphrase, or another one than was given; the file is as it was. */
public final class WrongPassphraseException extends IdentityException {
    @Serial
    private static final long serialVersionUID = 1L;

    WrongPassphraseException(String message) {
        super(message);
    }
}
