package org.torpeer.sim.hazelcast;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.torpeer.api.TorPeerException;
import org.torpeer.sim.spi.SweepCluster;

/** The members of a cluster, as a client of it sees them. */
final class Workers implements AutoCloseable {
    private static final int MAX_CORES = 4_096;

    private final HazelcastInstance client;

    private Workers(HazelcastInstance client) {
        this.client = client;
    }

    /**
     * @throws TorPeerException if none of the members answers
     */
    static Workers connect(SweepCluster cluster) {
        CellTaskFactory tasks = new CellTaskFactory(new RunningCells(client -> false));
        try {
            return new Workers(HazelcastClient.newHazelcastClient(Settings.sweep(cluster, tasks)));
        } catch (IllegalStateException e) {
            throw new TorPeerException(
                    "no worker of the cluster " + cluster.name() + " answers at "
                            + cluster.members().stream().map(Settings::text).collect(Collectors.joining(", "))
                            + ": start one, or name others",
                    e);
        }
    }

    /** Those there are now; none if the connection to all of them is lost. */
    Collection<Member> now() {
        return client.getLifecycleService().isRunning() ? client.getCluster().getMembers() : List.of();
    }

    /** How many cells a member runs at the same time. */
    static int cores(Member member) {
        String cores = member.getAttribute(Settings.CORES);
        return cores != null && cores.matches("[0-9]{1,4}") ? Math.min(MAX_CORES, Integer.parseInt(cores)) : 0;
    }

    /**
     * Gives a plan to a member.
     *
     * @return what it answers; fails if the member is lost
     * @throws RuntimeException if it is lost already
     */
    Future<String> give(Member member, String plan) {
        UUID self = client.getLocalEndpoint().getUuid();
        RunningCells nowhere = new RunningCells(other -> false);
        return client.getExecutorService(Settings.EXECUTOR).submitToMember(new CellTask(nowhere, self, plan), member);
    }

    /** Whatever workers still run for this client, they break off. */
    @Override
    public void close() {
        client.shutdown();
    }
}
