package org.torpeer.node.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.Node;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.internal.book.AddressBook;
import org.torpeer.node.internal.book.BookShape;
import org.torpeer.node.internal.book.StoredEntry;
import org.torpeer.node.internal.crypto.Primitives;
import org.torpeer.node.internal.door.Conduct;
import org.torpeer.node.internal.table.NodeStore;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameCodec;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.transport.loopback.LoopbackNetwork;
import org.torpeer.transport.loopback.NetworkObserver;
import org.torpeer.transport.loopback.virtual.VirtualRuntime;
import org.torpeer.transport.loopback.virtual.VirtualTime;

/** Nodes in virtual time whose address books a test looks into, and every dial between them. */
final class BookWorld {
    final VirtualTime time;
    final LoopbackNetwork network = new LoopbackNetwork();
    final TestIdentities identities;
    final List<Dial> dials = new ArrayList<>();
    final List<Announced> announced = new ArrayList<>();
    /** How often anybody asked anybody for peers. */
    int asked;

    private final BookShape shape;
    private int machines;

    /** A dial that has ended. */
    record Dial(
            Duration at,
            NodeRuntime by,
            PeerId target,
            @Nullable TransportFailure failure) {}

    /** An announcement that has arrived. */
    record Announced(NodeRuntime at, PeerId of) {}

    BookWorld(RandomGenerator random, BookShape shape) {
        this.time = new VirtualTime(random.nextLong());
        this.identities = new TestIdentities(random, VirtualTime.START);
        this.shape = shape;
        network.latency(Duration.ofMillis(50));
        network.observe(new NetworkObserver() {
            @Override
            public void delivered(NodeRuntime at, byte[] chunk) {
                // A frame's length, then its type: 1 asks for peers.
                boolean asks = chunk.length > Integer.BYTES && chunk.length < 20 && chunk[Integer.BYTES] == 1;
                asked += asks ? 1 : 0;
                if (chunk.length > Integer.BYTES && chunk[Integer.BYTES] == 3) {
                    announcement(at, Arrays.copyOfRange(chunk, Integer.BYTES, chunk.length));
                }
            }

            @Override
            public void dialed(NodeRuntime by, Endpoint target, @Nullable TransportFailure failure) {
                dials.add(new Dial(time.elapsed(), by, target.peer(), failure));
            }
        });
    }

    private void announcement(NodeRuntime at, byte[] payload) {
        if (FrameCodec.decode(payload) instanceof Frame.Announce announce) {
            announced.add(new Announced(at, announce.record().peer()));
        }
    }

    /** A node, and what outlives it. */
    final class Machine {
        final int number = machines++;
        final Role role;
        final SeedKey key = identities.key();
        final PeerStore store = Providers.peerStores().require("memory").open(Path.of(""));
        VirtualRuntime runtime = time.runtime(number);
        Transport transport = network.attach(runtime);

        @Nullable
        private NodeAssembly assembly;

        private Machine(Role role) {
            this.role = role;
        }

        PeerId id() {
            return key.id();
        }

        Endpoint endpoint() {
            return new Endpoint(id(), Endpoint.DEFAULT_PORT);
        }

        /** Puts peers into the store that were reached an hour before the world began, and came from one source. */
        Machine remembers(Stream<SignedPeerRecord> peers) {
            return stores(peers.map(record -> entry(record, 1, Duration.ofHours(1))));
        }

        /** As {@link #remembers}, of peers that came from a source each. */
        Machine remembersOfMany(Stream<SignedPeerRecord> peers) {
            long[] source = {0};
            return stores(peers.map(record -> entry(record, ++source[0], Duration.ofHours(1))));
        }

        /** As the other one, of peers reached a minute before that came from a source each. */
        Machine remembersLately(List<Machine> peers) {
            return stores(peers.stream().map(peer -> entry(lasting(peer), peer.number, Duration.ofMinutes(1))));
        }

        private Machine stores(Stream<StoredEntry> entries) {
            new NodeStore(store).save(entries.toList(), List.of());
            return this;
        }

        private StoredEntry entry(SignedPeerRecord record, long source, Duration ago) {
            return new StoredEntry(record, source, true, false, 0, VirtualTime.START.minus(ago));
        }

        Machine start() {
            return start(shape);
        }

        Machine start(BookShape own) {
            Identity identity = new Identity(
                    key,
                    TestIdentities.NETWORK,
                    identities.proof(key, TestIdentities.NETWORK, TestIdentities.EASY.minimumBits()));
            NodeAssembly made = new NodeAssembly(
                    plan(role), identity, Primitives.real(), own, new NodeStore(store), transport, runtime);
            assembly = made;
            made.start().toCompletableFuture().join();
            return this;
        }

        void crash() {
            network.breakConnections(transport);
            assembly().abandon();
            runtime.close();
            transport.close();
            runtime = time.runtime(number);
            transport = network.attach(runtime);
        }

        Node node() {
            return assembly().node();
        }

        AddressBook book() {
            return assembly().book();
        }

        Conduct conduct() {
            return assembly().conduct();
        }

        private NodeAssembly assembly() {
            if (assembly == null) {
                throw new IllegalStateException("it has not started");
            }
            return assembly;
        }
    }

    Machine machine() {
        return new Machine(Role.PARTICIPANT);
    }

    Machine router() {
        return new Machine(Role.ROUTER);
    }

    /** Nodes that joined through the first of them. */
    List<Machine> joined(int count) {
        List<Machine> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Machine node = machine().start();
            if (i > 0) {
                node.node().join(List.of(nodes.get(0).endpoint()));
            }
            nodes.add(node);
        }
        return nodes;
    }

    void run(Duration more) {
        time.run(time.elapsed().plus(more));
    }

    /** Whether something is so at some moment of the time that comes, up to which the world then runs. */
    boolean becomes(BooleanSupplier so, Duration within) {
        return time.runUntil(so, time.elapsed().plus(within));
    }

    /** A genuine record of somebody who is not there; it lasts a week. */
    SignedPeerRecord dead() {
        return lasting(identities.key(), Role.PARTICIPANT);
    }

    /** The record a node would have, lasting a week. */
    SignedPeerRecord lasting(Machine machine) {
        return lasting(machine.key, machine.role);
    }

    private SignedPeerRecord lasting(SeedKey key, Role role) {
        return identities.record(
                key,
                record -> new PeerRecord(
                        record.endpoint(),
                        record.sequence(),
                        record.issued(),
                        Duration.ofDays(7),
                        record.state(),
                        role,
                        record.protocols(),
                        record.proof(),
                        record.attributes()));
    }

    static NodePlan plan(Role role) {
        return new NodePlan(
                TestIdentities.NETWORK,
                role,
                Endpoint.DEFAULT_PORT,
                "loopback",
                Map.of(),
                null,
                null,
                "memory",
                null,
                TestIdentities.EASY,
                null,
                null,
                new char[0],
                1,
                TestIdentities.NETWORK.toBytes(),
                Map.of(),
                Map.of(),
                null);
    }
}
