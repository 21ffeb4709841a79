package org.torpeer.testkit.adversary;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How an attack waits: by blocking, or by letting virtual time go on. */
@FunctionalInterface
public interface Waiting {
    /** Returns once the stage is done, in whatever way; an {@link AssertionError} if that takes too long. */
    void until(CompletionStage<?> stage);

    /** Blocks the calling thread. */
    static Waiting atMost(Duration patience) {
        return stage -> {
            try {
                stage.toCompletableFuture().get(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                throw new AssertionError("nothing within " + patience, e);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            } catch (ExecutionException e) {
                // Who waits looks at the result.
                return;
            }
        };
    }
}
