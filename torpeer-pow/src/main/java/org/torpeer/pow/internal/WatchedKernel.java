package org.torpeer.pow.internal;

import org.torpeer.api.spi.pow.PowKernel;

/** A kernel whose searches can be left half way, so that it may be given long ranges. */
public interface WatchedKernel extends PowKernel {
    /**
     * As {@link #search(byte[], long, int, int)}, asking the watch at least once per evaluation of all lanes.
     *
     * @return also {@link #NONE} if the watch ended the search
     */
    int search(byte[] prefix, long first, int count, int bits, Watch watch);

    /** Follows a search. */
    interface Watch {
        /**
         * Whether to search on.
         *
         * @param tried nonces of the range tried so far
         */
        boolean goOn(int tried);
    }
}
