package org.torpeer.api.runtime;

/** Something scheduled that may be called off. */
@FunctionalInterface
public interface Cancellable {
    /** Calls it off if it has not begun; otherwise does nothing. */
    void cancel();
}
