package org.torpeer.childjvm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.transport.tor.TorLab;
import org.torpeer.transport.tor.TorLabOptions;

/** Keeps a lab up until it is killed. */
public final class LabKeeper {
    private LabKeeper() {}

    public static void main(String[] arguments) throws InterruptedException {
        NodeRuntime runtime = NodeRuntime.system("keeper");
        TorLab lab = TorLab.start(TorLabOptions.in(Path.of(arguments[0])).clients(1), runtime)
                .await(Duration.ofMinutes(3));
        System.out.println("TORS " + lab.pids().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        new CountDownLatch(1).await();
    }
}
