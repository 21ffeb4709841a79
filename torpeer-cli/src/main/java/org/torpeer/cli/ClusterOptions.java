package org.torpeer.cli;

import java.util.ArrayList;
import java.util.List;
import org.torpeer.sim.spi.SweepCluster;
import picocli.CommandLine.Option;

/** Which workers belong together. */
final class ClusterOptions {
    @Option(
            names = "--members",
            paramLabel = "HOST:PORT",
            split = ",",
            description = "Addresses of some workers, which know the others; separated by commas.")
    private List<String> members = new ArrayList<>();

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            defaultValue = SweepCluster.DEFAULT_NAME,
            description = "Keeps workers apart that are not for the same sweeps (default: ${DEFAULT-VALUE}).")
    private String name = "";

    SweepCluster cluster() {
        return new SweepCluster(name, members.stream().map(HostPort::parse).toList());
    }
}
