package org.torpeer.node.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.torpeer.api.Endpoint;
import org.torpeer.api.NetworkId;
import org.torpeer.api.Node;
import org.torpeer.api.OnionKey;
import org.torpeer.api.Proof;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.Role;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.internal.book.BookShape;
import org.torpeer.node.internal.crypto.Primitives;
import org.torpeer.node.internal.table.NodeStore;
import org.torpeer.transport.loopback.LoopbackNetwork;
import org.torpeer.transport.loopback.virtual.VirtualTime;

/** Shipping nodes in virtual time, on an in-memory network of their own. */
public final class VirtualNodes {
    private final VirtualTime time;
    private final Primitives primitives;
    private final ProofRequirement requirement;
    private final LoopbackNetwork network = new LoopbackNetwork();
    private int made;

    public VirtualNodes(long seed, Primitives primitives, ProofRequirement requirement, Duration latency) {
        this.time = new VirtualTime(seed);
        this.primitives = primitives;
        this.requirement = requirement;
        network.latency(latency);
    }

    /** A node and its machine. */
    public record Machine(Node node, NodeAssembly assembly, NodeRuntime runtime, Transport transport) {
        public Endpoint endpoint() {
            return node.endpoint();
        }
    }

    public VirtualTime time() {
        return time;
    }

    public LoopbackNetwork network() {
        return network;
    }

    /** Starts a node that keeps nothing. */
    public Machine start(Role role, OnionKey key, Proof proof) {
        return start(role, key, proof, memory(), UnaryOperator.identity());
    }

    /** Starts a node on a store, in a world that a test changes. */
    public Machine start(Role role, OnionKey key, Proof proof, PeerStore store, UnaryOperator<NodeRuntime> world) {
        return start(plan(role), key, proof, BookShape.DEFAULT, store, world);
    }

    /** Starts a participant on a store, with an address book of another shape. */
    public Machine start(OnionKey key, Proof proof, BookShape shape, PeerStore store) {
        return start(plan(Role.PARTICIPANT), key, proof, shape, store, UnaryOperator.identity());
    }

    /** Ends a node as a crash would; another may be started on its store. */
    public void crash(Machine machine) {
        network.breakConnections(machine.transport());
        machine.assembly().abandon();
        machine.runtime().close();
        machine.transport().close();
    }

    /** Starts a node that keeps nothing and is of another network, or of a private one. */
    public Machine start(NetworkId of, byte[] secret, OnionKey key, Proof proof) {
        NodePlan plan = plan(Role.PARTICIPANT, of, secret);
        return start(plan, key, proof, BookShape.DEFAULT, memory(), UnaryOperator.identity());
    }

    private Machine start(
            NodePlan plan,
            OnionKey key,
            Proof proof,
            BookShape shape,
            PeerStore store,
            UnaryOperator<NodeRuntime> world) {
        NodeRuntime runtime = world.apply(time.runtime(made++));
        Transport transport = network.attach(runtime);
        Identity identity = new Identity(key, plan.network(), proof);
        NodeAssembly assembly =
                new NodeAssembly(plan, identity, primitives, shape, new NodeStore(store), transport, runtime);
        CompletionStage<Node> started = assembly.start();
        time.runUntil(
                () -> started.toCompletableFuture().isDone(), time.elapsed().plusSeconds(1));
        return new Machine(assembly.node(), assembly, runtime, transport);
    }

    public static PeerStore memory() {
        return Providers.peerStores().require("memory").open(Path.of(""));
    }

    private NodePlan plan(Role role) {
        return plan(role, TestIdentities.NETWORK, TestIdentities.NETWORK.toBytes());
    }

    private NodePlan plan(Role role, NetworkId of, byte[] secret) {
        return new NodePlan(
                of,
                role,
                Endpoint.DEFAULT_PORT,
                "loopback",
                Map.of(),
                null,
                null,
                "memory",
                null,
                requirement,
                null,
                null,
                new char[0],
                1,
                secret,
                Map.of(),
                Map.of(),
                null);
    }

    /** How many peers a node has dialed and authenticated. */
    public static long verified(Node node) {
        return node.peers().stream().filter(peer -> peer.verified()).count();
    }

    /** Joins a node through a seed. */
    public static void join(Machine newcomer, Machine seed) {
        newcomer.node().join(List.of(seed.endpoint()));
    }
}
