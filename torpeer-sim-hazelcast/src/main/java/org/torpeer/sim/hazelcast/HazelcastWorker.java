package org.torpeer.sim.hazelcast;

import com.hazelcast.client.Client;
import com.hazelcast.client.ClientListener;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import java.net.InetSocketAddress;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.sim.spi.SweepCluster;
import org.torpeer.sim.spi.SweepWorker;

/** A member of a cluster that runs cells. */
final class HazelcastWorker implements SweepWorker {
    private final HazelcastInstance instance;
    private final RunningCells cells;
    private final int cores;

    private HazelcastWorker(HazelcastInstance instance, RunningCells cells, int cores) {
        this.instance = instance;
        this.cells = cells;
        this.cores = cores;
    }

    /**
     * @throws InvalidInputException if the address is not one that this machine has to itself
     */
    static HazelcastWorker start(InetSocketAddress listen, SweepCluster cluster) {
        if (listen.getAddress().isAnyLocalAddress()) {
            throw new InvalidInputException(
                    "a worker listens at one address of this machine, not at all of them: name it");
        }
        int cores = Runtime.getRuntime().availableProcessors();
        AtomicReference<@Nullable HazelcastInstance> started = new AtomicReference<>();
        RunningCells cells = new RunningCells(client -> isConnected(started.get(), client));
        HazelcastInstance instance = instance(listen, cluster, cores, cells);
        started.set(instance);
        instance.getClientService().addClientListener(new ClientListener() {
            @Override
            public void clientConnected(Client client) {}

            @Override
            public void clientDisconnected(Client client) {
                cells.abandon(client.getUuid());
            }
        });
        return new HazelcastWorker(instance, cells, cores);
    }

    private static HazelcastInstance instance(
            InetSocketAddress listen, SweepCluster cluster, int cores, RunningCells cells) {
        try {
            return Hazelcast.newHazelcastInstance(Settings.worker(listen, cluster, cores, new CellTaskFactory(cells)));
        } catch (HazelcastException | IllegalStateException e) {
            throw new InvalidInputException(
                    "cannot start a worker at " + Settings.text(listen)
                            + ": name an address of this machine, and a port that is free",
                    e);
        }
    }

    private static boolean isConnected(@Nullable HazelcastInstance instance, UUID client) {
        return instance != null
                && instance.getClientService().getConnectedClients().stream()
                        .anyMatch(connected -> connected.getUuid().equals(client));
    }

    @Override
    public InetSocketAddress address() {
        return instance.getCluster().getLocalMember().getSocketAddress();
    }

    @Override
    public int cores() {
        return cores;
    }

    /** Leaves first: a cell that was broken off must not be taken for one that failed. */
    @Override
    public void close() {
        instance.getLifecycleService().terminate();
        cells.abandonAll();
    }
}
