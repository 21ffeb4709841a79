package org.torpeer.sim.spi;

import java.net.InetSocketAddress;
import java.util.List;
import org.torpeer.api.InvalidInputException;

/**
 * Where an engine finds its workers.
 *
 * @param name of the cluster: workers of another one are not used
 * @param members addresses of some workers, which know the others; none for the engine of this machine
 */
public record SweepCluster(String name, List<InetSocketAddress> members) {
    /** What a cluster is called unless it is told otherwise. */
    public static final String DEFAULT_NAME = "torpeer-sweep";

    public static final SweepCluster NONE = new SweepCluster(DEFAULT_NAME, List.of());

    private static final int MAX_MEMBERS = 1000;

    /**
     * @throws InvalidInputException if the name is not 1 to 64 of {@code A-Z a-z 0-9 . _ -}, or there are more than a
     *     thousand members
     */
    public SweepCluster {
        if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new InvalidInputException(
                    "a cluster's name is 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-', not '" + name + "'");
        }
        if (members.size() > MAX_MEMBERS) {
            throw new InvalidInputException("name at most " + MAX_MEMBERS + " members: these know the others");
        }
        members = List.copyOf(members);
    }
}
