package org.torpeer.cli;

import java.io.PrintWriter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The launcher's process that errors may go through, named by the system property {@code torpeer.errors}. Who waits for
 * the program finds all of its errors written only if the program waits for that process.
 */
final class ErrorFilter {
    private static final String PROCESS = "torpeer.errors";
    private static final long PATIENCE_SECONDS = 2;

    private ErrorFilter() {}

    /** Closes the errors, so that the filter ends, and waits for it. */
    static void finish(PrintWriter err) {
        Long process = Long.getLong(PROCESS);
        if (process == null) {
            return;
        }
        err.close();
        System.err.close();
        ProcessHandle.current()
                .children()
                .filter(child -> child.pid() == process)
                .forEach(ErrorFilter::await);
    }

    private static void await(ProcessHandle filter) {
        try {
            filter.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Then the errors come late, which is no reason to fail.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
