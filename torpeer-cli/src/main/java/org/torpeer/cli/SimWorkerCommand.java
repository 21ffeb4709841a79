package org.torpeer.cli;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.OperationCancelledException;
import org.torpeer.cli.process.Signals;
import org.torpeer.sim.spi.SweepEngine;
import org.torpeer.sim.spi.SweepWorker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code torpeer sim worker}. */
@Command(
        name = "worker",
        description =
                "Runs what sweeps elsewhere give to it, until Ctrl-C. Whoever reaches its port can use it: listen on"
                        + " addresses of trusted networks only.")
final class SimWorkerCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = SweepEngines.HAZELCAST,
            description = "The engine of the sweeps (default: ${DEFAULT-VALUE}).")
    private String engine = "";

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:5701",
            description = "The one address to be reached at; port 0 for any (default: ${DEFAULT-VALUE}).")
    private String listen = "";

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Override
    public Integer call() {
        SweepEngine chosen = SweepEngines.named(engine);
        InetSocketAddress address = HostPort.parse(listen);
        CountDownLatch ended = new CountDownLatch(1);
        try (Signals signals = Signals.normalEnd()) {
            signals.ask(ended::countDown);
            try (SweepWorker worker = chosen.work(address, cluster.cluster())) {
                tell(worker);
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationCancelledException("interrupted");
            }
            return Program.DONE;
        }
    }

    private void tell(SweepWorker worker) {
        PrintWriter out = Surroundings.out(spec);
        InetSocketAddress at = worker.address();
        out.println("worker at " + at.getAddress().getHostAddress() + ":" + at.getPort() + ", " + worker.cores()
                + " runs at the same time; Ctrl-C ends it");
        out.flush();
    }
}
