package org.torpeer.sim.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.torpeer.api.Endpoint;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.NetworkId;
import org.torpeer.api.NodeListener;
import org.torpeer.api.PeerId;
import org.torpeer.api.Role;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.spi.store.PeerStoreProvider;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.Topology;
import org.torpeer.sim.internal.crypto.RunCrypto;
import org.torpeer.transport.loopback.LoopbackNetwork;
import org.torpeer.transport.loopback.virtual.Conditions;
import org.torpeer.transport.loopback.virtual.SeededRandom;
import org.torpeer.transport.loopback.virtual.VirtualTime;

/** All nodes of a run, routers first, and who of them knows whom. */
final class Population {
    private static final NetworkId NETWORK = NetworkId.of("simulation");

    private final VirtualTime time;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final List<Endpoint> routers = new ArrayList<>();
    private final Map<PeerId, Integer> numbers = new HashMap<>();
    private final SeededRandom choices;
    private final BitSet up = new BitSet();
    private final Acquaintance discovered;
    private final Acquaintance contacted;

    Population(RunPlan plan, VirtualTime time, LoopbackNetwork network) {
        this.time = time;
        this.discovered = new Acquaintance(plan.nodes());
        this.contacted = new Acquaintance(plan.nodes());
        this.choices = time.random("choices");
        SeededRandom keys = time.random("keys");
        SeededRandom clocks = time.random("clocks");
        RunCrypto crypto =
                RunCrypto.of(plan.crypto(), plan.nodes(), time.random("crypto").nextLong());
        PeerStoreProvider stores = Providers.peerStores().require("memory");
        long skew = plan.scenario().clockSkew().toNanos();
        for (int number = 0; number < plan.nodes(); number++) {
            boolean router = number < plan.routers();
            Duration wrong = Duration.ofNanos(skew == 0 ? 0 : clocks.nextLong(-skew, skew));
            SimulatedNode node = new SimulatedNode(
                    number,
                    router ? Role.ROUTER : Role.PARTICIPANT,
                    crypto.identity(NETWORK, keys),
                    crypto,
                    new Conditions(wrong, Duration.ZERO),
                    time,
                    network,
                    new Knowledge(number),
                    stores,
                    plan.scenario().churn() != null);
            nodes.add(node);
            numbers.put(node.endpoint().peer(), number);
            if (router) {
                routers.add(node.endpoint());
            }
        }
    }

    /** What a node comes to know, into the books. */
    private final class Knowledge implements NodeListener {
        private final int node;

        Knowledge(int node) {
            this.node = node;
        }

        @Override
        public void peerChanged(KnownPeer peer) {
            double now = time.elapsed().toNanos() / 1e9;
            int other = numbers.getOrDefault(peer.id(), node);
            discovered.add(node, other, now);
            if (peer.verified()) {
                contacted.add(node, other, now);
            }
        }
    }

    SimulatedNode get(int number) {
        return nodes.get(number);
    }

    int size() {
        return nodes.size();
    }

    BitSet up() {
        return up;
    }

    Acquaintance discovered() {
        return discovered;
    }

    Acquaintance contacted() {
        return contacted;
    }

    /** Starts a node: a participant joins through a router of its choice, a router through those before it. */
    void start(SimulatedNode node) {
        up.set(node.number());
        boolean router = node.number() < routers.size();
        List<Endpoint> before = router ? routers.subList(0, node.number()) : List.of();
        node.start(() -> router ? before : List.of(routers.get(choices.nextInt(routers.size()))));
    }

    void crash(SimulatedNode node) {
        up.clear(node.number());
        node.crash();
    }

    /** All that a node that is not running knew is gone. */
    void wipe(SimulatedNode node) {
        node.wipe();
        discovered.forget(node.number());
        contacted.forget(node.number());
    }

    List<Transport> transports(int from, int to) {
        return nodes.subList(from, to).stream()
                .map(SimulatedNode::transport)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The open sessions. */
    Topology sessions() {
        int[][] successors = new int[nodes.size()][];
        for (SimulatedNode node : nodes) {
            successors[node.number()] = node.connected().stream()
                    .mapToInt(peer -> numbers.getOrDefault(peer.id(), node.number()))
                    .toArray();
        }
        return Graph.undirected(successors).topology();
    }
}
