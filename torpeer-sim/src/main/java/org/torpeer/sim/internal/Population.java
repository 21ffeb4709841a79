package org.torpeer.sim.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
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
import org.torpeer.sim.Snapshot.Vertex;
import org.torpeer.sim.internal.crypto.RunCrypto;
import org.torpeer.transport.loopback.LoopbackNetwork;
import org.torpeer.transport.loopback.virtual.Conditions;
import org.torpeer.transport.loopback.virtual.SeededRandom;
import org.torpeer.transport.loopback.virtual.VirtualTime;

/** All nodes of a run, routers first, and who of them knows whom. */
final class Population {
    private static final NetworkId NETWORK = NetworkId.of("simulation");

    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final List<Endpoint> routers = new ArrayList<>();
    private final Chronicle chronicle;
    private final SeededRandom choices;
    private final BitSet up = new BitSet();
    /** Those who play against the others. */
    private final BitSet malicious = new BitSet();

    private final Acquaintance discovered;
    private final Acquaintance contacted;
    private final Sessions sessions;
    private final Dissemination dissemination;

    Population(RunPlan plan, VirtualTime time, LoopbackNetwork network, Chronicle chronicle) {
        this.chronicle = chronicle;
        this.discovered = new Acquaintance(plan.nodes(), malicious);
        this.contacted = new Acquaintance(plan.nodes(), malicious);
        this.sessions = new Sessions(plan.nodes());
        this.dissemination = new Dissemination(plan.nodes());
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
            chronicle.name(node.endpoint().peer(), number);
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
            int other = chronicle.number(peer.id());
            if (other < 0) {
                return;
            }
            double now = chronicle.seconds();
            if (discovered.add(node, other, now)) {
                dissemination.learned(node, other, now);
                chronicle.note(node, "learned", other, "");
            }
            if (peer.verified()) {
                contacted.add(node, other, now);
            }
        }

        @Override
        public void sessionOpened(PeerId peer) {
            int other = chronicle.number(peer);
            if (other >= 0) {
                sessions.opened(node, other);
                chronicle.note(node, "met", other, "");
            }
        }

        @Override
        public void sessionClosed(PeerId peer, String reason) {
            int other = chronicle.number(peer);
            if (other >= 0) {
                sessions.closed(node, other);
                chronicle.note(node, "parted", other, reason);
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

    Sessions sessions() {
        return sessions;
    }

    Dissemination dissemination() {
        return dissemination;
    }

    /** How many honest running nodes have sessions with malicious ones only. */
    int eclipsed() {
        return sessions.eclipsed(up, malicious);
    }

    Vertex vertex(int number) {
        return new Vertex(
                number, number < routers.size(), up.get(number), malicious.get(number), discovered.knows(number));
    }

    /** Starts a node: a participant joins through a router of its choice, a router through those before it. */
    void start(SimulatedNode node) {
        int number = node.number();
        up.set(number);
        discovered.started(number);
        contacted.started(number);
        dissemination.started(number, chronicle.seconds());
        chronicle.note(number, "started");
        boolean router = number < routers.size();
        List<Endpoint> before = router ? routers.subList(0, number) : List.of();
        node.start(() -> router ? before : List.of(routers.get(choices.nextInt(routers.size()))));
    }

    void crash(SimulatedNode node) {
        int number = node.number();
        up.clear(number);
        discovered.stopped(number);
        contacted.stopped(number);
        node.crash();
        sessions.ended(number);
        chronicle.note(number, "crashed");
    }

    /** All that a node that is not running knew is gone. */
    void wipe(SimulatedNode node) {
        node.wipe();
        discovered.forget(node.number());
        contacted.forget(node.number());
        chronicle.note(node.number(), "wiped");
    }

    List<Transport> transports(int from, int to) {
        return nodes.subList(from, to).stream()
                .map(SimulatedNode::transport)
                .filter(Objects::nonNull)
                .toList();
    }
}
