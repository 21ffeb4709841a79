package org.torpeer.sim.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.Node;
import org.torpeer.api.NodeListener;
import org.torpeer.api.PeerId;
import org.torpeer.api.Role;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.api.spi.store.PeerStoreProvider;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.internal.NodeAssembly;
import org.torpeer.node.internal.NodePlan;
import org.torpeer.node.internal.book.BookShape;
import org.torpeer.node.internal.table.NodeStore;
import org.torpeer.sim.internal.crypto.RunCrypto;
import org.torpeer.transport.loopback.LoopbackNetwork;
import org.torpeer.transport.loopback.virtual.Conditions;
import org.torpeer.transport.loopback.virtual.VirtualRuntime;
import org.torpeer.transport.loopback.virtual.VirtualTime;

/** A machine with an identity, on which a node runs or not. */
final class SimulatedNode {
    /** A program that could not join tries again after this. */
    private static final Duration REJOIN = Duration.ofMinutes(1);

    private final int number;
    private final Role role;
    private final Identity identity;
    private final RunCrypto crypto;
    private final Conditions conditions;
    private final VirtualTime time;
    private final LoopbackNetwork network;
    private final NodeListener listener;
    private final PeerStoreProvider stores;
    private final BookShape books;
    private final boolean restarts;
    private PeerStore store;
    private @Nullable Life life;

    /** A run of the node, from a start to a crash. */
    private record Life(VirtualRuntime runtime, Transport transport, NodeAssembly assembly) {}

    SimulatedNode(
            int number,
            Role role,
            Identity identity,
            RunCrypto crypto,
            Conditions conditions,
            VirtualTime time,
            LoopbackNetwork network,
            NodeListener listener,
            PeerStoreProvider stores,
            BookShape books,
            boolean restarts) {
        this.number = number;
        this.role = role;
        this.identity = identity;
        this.crypto = crypto;
        this.conditions = conditions;
        this.time = time;
        this.network = network;
        this.listener = listener;
        this.stores = stores;
        this.books = books;
        this.restarts = restarts;
        this.store = empty();
    }

    int number() {
        return number;
    }

    Endpoint endpoint() {
        return new Endpoint(identity.id(), Endpoint.DEFAULT_PORT);
    }

    boolean isUp() {
        return life != null;
    }

    /** Whom it would connect with; nobody while it does not run. */
    List<PeerId> partners() {
        return life == null ? List.of() : life.assembly().partners();
    }

    /** With whom it has sessions that it dialed. */
    List<PeerId> dialed() {
        return life == null ? List.of() : life.assembly().dialed();
    }

    @Nullable
    Transport transport() {
        return life == null ? null : life.transport();
    }

    /**
     * Starts the node.
     *
     * @param seeds what it joins through; asked again for every try
     */
    void start(Supplier<List<Endpoint>> seeds) {
        VirtualRuntime runtime = time.runtime(number, conditions);
        Transport transport = network.attach(runtime);
        NodeAssembly assembly = new NodeAssembly(
                plan(), identity, crypto.primitives(), books, new NodeStore(store, restarts), transport, runtime);
        life = new Life(runtime, transport, assembly);
        assembly.start().whenComplete((node, failure) -> {
            if (failure != null) {
                throw new IllegalStateException("node " + number + " cannot listen", failure);
            }
            join(node, runtime, seeds);
        });
    }

    /** Stops the node without a word to anyone. */
    void crash() {
        Life ending = life;
        if (ending == null) {
            return;
        }
        life = null;
        network.breakConnections(ending.transport());
        ending.assembly().abandon();
        ending.runtime().close();
        ending.transport().close();
    }

    /** What the node had stored is gone. */
    void wipe() {
        store = empty();
    }

    private PeerStore empty() {
        return stores.open(Path.of(""));
    }

    private void join(Node node, VirtualRuntime runtime, Supplier<List<Endpoint>> seeds) {
        List<Endpoint> through = seeds.get();
        if (through.isEmpty()) {
            return;
        }
        node.join(through).completion().whenComplete((joined, failure) -> {
            if (failure != null) {
                runtime.loop().schedule(REJOIN, () -> join(node, runtime, seeds));
            }
        });
    }

    private NodePlan plan() {
        return new NodePlan(
                identity.network(),
                role,
                Endpoint.DEFAULT_PORT,
                "loopback",
                Map.of(),
                null,
                null,
                "memory",
                null,
                crypto.requirement(),
                null,
                null,
                new char[0],
                1,
                identity.network().toBytes(),
                Map.of(),
                Map.of(),
                listener);
    }
}
