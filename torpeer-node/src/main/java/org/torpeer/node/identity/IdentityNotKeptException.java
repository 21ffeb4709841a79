package org.torpeer.node.identity;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The file system does not let an identity's files be written or deleted; they are as they were. */
public final class IdentityNotKeptException extends IdentityException {
    @Serial
    private static final long serialVersionUID = 1L;

    IdentityNotKeptException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
