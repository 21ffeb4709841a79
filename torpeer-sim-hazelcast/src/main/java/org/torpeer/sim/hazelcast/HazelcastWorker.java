package org.torpeer.sim.hazelcast;

import com.hazelcast.client.Client;
import com.hazelcast.client.ClientListener;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.TorPeerException;
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
     * @throws InvalidInputException if the address is not one of this machine
     * @throws TorPeerException if its port cannot be had now
     */
    static HazelcastWorker start(InetSocketAddress listen, SweepCluster cluster) {
        if (listen.getAddress().isAnyLocalAddress()) {
            throw new InvalidInputException(
                    "a worker listens at one address of this machine, not at all of them: name it");
        }
        checkFree(listen);
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

    /** Where an address cannot be had, Hazelcast logs where in its code that was noticed, and says of all that it is in use. */
    private static void checkFree(InetSocketAddress listen) {
        try {
            bind(listen);
        } catch (IOException e) {
            checkOurs(listen);
            throw new TorPeerException(
                    "cannot start a worker at " + Settings.text(listen) + " (" + e.getMessage()
                            + "): give it a port that is free",
                    e);
        }
    }

    private static void checkOurs(InetSocketAddress listen) {
        try {
            bind(new InetSocketAddress(listen.getAddress(), 0));
        } catch (IOException e) {
            throw new InvalidInputException(
                    "cannot start a worker at " + Settings.text(listen) + ": name an address of this machine", e);
        }
    }

    private static void bind(InetSocketAddress address) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        }
    }

    private static HazelcastInstance instance(
            InetSocketAddress listen, SweepCluster cluster, int cores, RunningCells cells) {
        try {
            return Hazelcast.newHazelcastInstance(Settings.worker(listen, cluster, cores, new CellTaskFactory(cells)));
        } catch (HazelcastException | IllegalStateException e) {
            throw new TorPeerException("cannot start a worker at " + Settings.text(listen) + ": " + e.getMessage(), e);
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
