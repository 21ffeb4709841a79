package org.torpeer.transport.tor.internal;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;

/** What became of a stage, within bounded time. */
final class Outcome {
    private Outcome() {}

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    static TransportFailure failureOf(CompletionStage<?> stage) throws Exception {
        try {
            throw new AssertionError("it resulted in " + get(stage));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TransportException failure) {
                return failure.failure();
            }
            throw e;
        }
    }
}
