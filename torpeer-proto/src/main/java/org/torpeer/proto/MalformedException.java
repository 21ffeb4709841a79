package org.torpeer.proto;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;

/** Bytes from outside do not decode, or a value could not be decoded again once encoded. */
public final class MalformedException extends InvalidInputException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Malformation reason;

    public MalformedException(Malformation reason, String message) {
        this(reason, message, null);
    }

    public MalformedException(Malformation reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Malformation reason() {
        return reason;
    }
}
