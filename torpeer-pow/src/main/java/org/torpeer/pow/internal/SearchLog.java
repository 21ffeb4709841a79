package org.torpeer.pow.internal;

/**
 * Hears from a search, on its threads. A frontier is the first nonce that may not have been tried: all between the job's
 * first and this one were, and none but those found scored enough.
 */
interface SearchLog {
    SearchLog NONE = new SearchLog() {
        @Override
        public void reached(long frontier, Effort effort) {}

        @Override
        public void found(long nonce, long frontier, Effort effort) {}

        @Override
        public void left(long frontier, Effort effort) {}

        @Override
        public void ended() {}
    };

    /** Several times a second. */
    void reached(long frontier, Effort effort);

    /** Before the search is done; by several threads where they find several. */
    void found(long nonce, long frontier, Effort effort);

    /** By each thread that ends because the search is done. */
    void left(long frontier, Effort effort);

    /** Once no thread is left. */
    void ended();
}
