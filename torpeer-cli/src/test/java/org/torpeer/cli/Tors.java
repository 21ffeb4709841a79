package org.torpeer.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The tor processes whose files are below a folder. */
final class Tors {
    private Tors() {}

    static List<ProcessHandle> below(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").startsWith(folder + "/"))
                .toList();
    }

    static void awaitEnd(List<ProcessHandle> tors, long seconds) throws Exception {
        CompletableFuture.allOf(tors.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .get(seconds, TimeUnit.SECONDS);
    }
}
