package org.torpeer.node.internal.table;

import org.jspecify.annotations.Nullable;

/**
 * A write that is done once, by whoever comes first; who comes meanwhile waits until it is done. So a node that ends need
 * not wait for another thread to begin with it. Safe for several threads.
 */
public final class PendingWrite implements Runnable {
    /** One that has nothing to do. */
    public static final PendingWrite NONE = new PendingWrite(null);

    private @Nullable Runnable write;

    private PendingWrite(@Nullable Runnable write) {
        this.write = write;
    }

    /**
     * @param write throws nothing that anybody would have to know of
     */
    public static PendingWrite of(Runnable write) {
        return new PendingWrite(write);
    }

    @Override
    public synchronized void run() {
        Runnable due = write;
        write = null;
        if (due != null) {
            due.run();
        }
    }
}
