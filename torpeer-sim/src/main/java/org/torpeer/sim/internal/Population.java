package org.torpeer.sim.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.torpeer.api.Endpoint;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.NetworkId;
import org.torpeer.api.NodeListener;
import org.torpeer.api.PeerId;
import org.torpeer.api.Role;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.spi.store.PeerStoreProvider;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.internal.book.BookShape;
import org.torpeer.sim.Adversary;
import org.torpeer.sim.Books;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.Scenario;
import org.torpeer.sim.Snapshot.Vertex;
import org.torpeer.sim.internal.crypto.RunCrypto;
import org.torpeer.transport.loopback.LoopbackNetwork;
import org.torpeer.transport.loopback.virtual.Conditions;
import org.torpeer.transport.loopback.virtual.SeededRandom;
import org.torpeer.transport.loopback.virtual.VirtualTime;

/** All nodes of a run, routers first, and who of them knows whom. */
final class Population {
    private static final NetworkId NETWORK = NetworkId.of("simulation");
    /** As many as an operator would write down. */
    private static final int SEEDS_OF_A_ROUTER = 8;

    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final List<Endpoint> routers = new ArrayList<>();
    /** Of the adversary, in the order of its numbers, which follow those of the nodes. */
    private final List<Identity> identities = new ArrayList<>();

    private final VirtualTime time;
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
        this.time = time;
        this.chronicle = chronicle;
        malicious.set(plan.nodes(), plan.population());
        this.discovered = new Acquaintance(plan.population(), malicious);
        this.contacted = new Acquaintance(plan.population(), malicious);
        this.sessions = new Sessions(plan.population());
        this.dissemination = new Dissemination(plan.nodes());
        this.choices = time.random("choices");
        SeededRandom keys = time.random("keys");
        SeededRandom clocks = time.random("clocks");
        RunCrypto crypto = RunCrypto.of(
                plan.crypto(), plan.population(), time.random("crypto").nextLong());
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
                    books(plan.scenario(), router),
                    plan.scenario().restarts());
            nodes.add(node);
            chronicle.name(node.endpoint().peer(), number);
            if (router) {
                routers.add(node.endpoint());
            }
        }
        SeededRandom bought = time.random("adversary");
        for (int number = plan.nodes(); number < plan.population(); number++) {
            Identity identity = crypto.identity(NETWORK, bought);
            identities.add(identity);
            chronicle.name(identity.id(), number);
        }
    }

    private static BookShape books(Scenario scenario, boolean router) {
        Books books = scenario.books();
        Adversary adversary = scenario.adversary();
        BookShape shape = books == null
                ? BookShape.DEFAULT
                : new BookShape(
                        books.newBuckets(), books.triedBuckets(), router ? books.routersMature() : books.mature());
        return adversary == null || adversary.defences().book()
                ? shape.sharing()
                : shape.undefended().sharing();
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
            boolean verified = peer.verified();
            // Most of what changes is known already. Only between windows does anything change here.
            if (discovered.has(node, other) && (!verified || contacted.has(node, other))) {
                return;
            }
            time.aside(() -> learned(other, verified));
        }

        private void learned(int other, boolean verified) {
            double now = chronicle.seconds();
            if (discovered.add(node, other, now)) {
                dissemination.learned(node, other, now);
                chronicle.note(node, "learned", other, "");
            }
            if (verified) {
                contacted.add(node, other, now);
            }
        }

        @Override
        public void sessionOpened(PeerId peer) {
            int other = chronicle.number(peer);
            if (other >= 0) {
                time.aside(() -> {
                    sessions.opened(node, other);
                    chronicle.note(node, "met", other, "");
                });
            }
        }

        @Override
        public void sessionClosed(PeerId peer, String reason) {
            int other = chronicle.number(peer);
            if (other >= 0) {
                time.aside(() -> {
                    sessions.closed(node, other);
                    chronicle.note(node, "parted", other, reason);
                });
            }
        }
    }

    SimulatedNode get(int number) {
        return nodes.get(number);
    }

    int size() {
        return nodes.size();
    }

    /** The honest nodes that run. */
    BitSet up() {
        return up.get(0, nodes.size());
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

    /** What the adversary has achieved. */
    Siege siege() {
        return malicious.isEmpty() ? Siege.NONE : Siege.of(nodes, this::isMalicious);
    }

    /** As {@link #siege}, of some of the nodes. */
    Siege siege(int from, int to) {
        return malicious.isEmpty() ? Siege.NONE : Siege.of(nodes.subList(from, to), this::isMalicious);
    }

    private boolean isMalicious(PeerId peer) {
        int number = chronicle.number(peer);
        return number >= 0 && malicious.get(number);
    }

    /** The adversary's, in the order of its numbers. */
    List<Identity> identities() {
        return identities;
    }

    /** An identity of the adversary can be reached from now on. */
    void appeared(int number) {
        up.set(number);
        discovered.started(number);
        contacted.started(number);
    }

    /** Where those of some nodes that run can be dialed. */
    List<Endpoint> endpoints(int from, int to) {
        return nodes.subList(from, to).stream()
                .filter(SimulatedNode::isUp)
                .map(SimulatedNode::endpoint)
                .toList();
    }

    Vertex vertex(int number) {
        return new Vertex(
                number,
                number < routers.size(),
                up.get(number),
                malicious.get(number),
                malicious.get(number) ? nodes.size() : discovered.knows(number));
    }

    /** Starts a node: a participant joins through a router of its choice, a router through some of those before it. */
    void start(SimulatedNode node) {
        boolean router = node.number() < routers.size();
        SeededRandom own = new SeededRandom(choices.nextLong());
        List<Endpoint> before = router ? some(routers.subList(0, node.number()), own) : List.of();
        start(node, () -> router ? before : List.of(routers.get(own.nextInt(routers.size()))));
    }

    private static List<Endpoint> some(List<Endpoint> all, SeededRandom random) {
        if (all.size() <= SEEDS_OF_A_ROUTER) {
            return all;
        }
        Set<Endpoint> some = new LinkedHashSet<>();
        while (some.size() < SEEDS_OF_A_ROUTER) {
            some.add(all.get(random.nextInt(all.size())));
        }
        return List.copyOf(some);
    }

    /** Starts a node that has to find the others by what it knew. */
    void resume(SimulatedNode node) {
        start(node, List::of);
    }

    private void start(SimulatedNode node, Supplier<List<Endpoint>> seeds) {
        int number = node.number();
        up.set(number);
        discovered.started(number);
        contacted.started(number);
        dissemination.started(number, chronicle.seconds());
        chronicle.note(number, "started");
        node.start(seeds);
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
