package org.torpeer.sim.hazelcast;

import org.jspecify.annotations.Nullable;

/** What comes back from a member: a result as JSON, which begins with a brace, or a sentence that says why not. */
final class CellAnswer {
    private CellAnswer() {}

    static boolean isResult(@Nullable String answer) {
        return answer != null && answer.startsWith("{");
    }

    static String failure(String why) {
        return "failed: " + why;
    }
}
