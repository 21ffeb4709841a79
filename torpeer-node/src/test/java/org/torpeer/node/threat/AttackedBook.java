package org.torpeer.node.threat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.torpeer.api.Endpoint;
import org.torpeer.api.PeerId;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.node.internal.TestIdentities;
import org.torpeer.node.internal.VirtualNodes;
import org.torpeer.node.internal.VirtualNodes.Machine;
import org.torpeer.node.internal.book.BookShape;
import org.torpeer.node.internal.crypto.Primitives;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.testkit.adversary.AdversarialPeer;
import org.torpeer.testkit.adversary.RecordMaker;
import org.torpeer.transport.loopback.virtual.VirtualTime;

/** A node among honest ones whose address book somebody wants to have for himself; in virtual time, with real crypto. */
final class AttackedBook {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    final VirtualNodes nodes;
    final VirtualTime time;
    final RecordMaker maker;
    final AdversarialPeer mallory;
    final List<Machine> honest = new ArrayList<>();
    Machine node;

    private final Random random;
    private final BookShape shape;
    private final SeedKey key;
    private final PeerStore store = VirtualNodes.memory();

    /**
     * @param shape of the attacked node's book
     */
    AttackedBook(Random random, BookShape shape, int honestNodes) {
        this.random = random;
        this.shape = shape;
        nodes = new VirtualNodes(random.nextLong(), Primitives.real(), TestIdentities.EASY, Duration.ofMillis(50));
        time = nodes.time();
        maker = new RecordMaker(TestIdentities.NETWORK, TestIdentities.EASY, VirtualTime.START);
        mallory = new AdversarialPeer(
                nodes.network().attach(time.runtime(9999)),
                random,
                stage -> assertThat(time.runUntil(
                                () -> stage.toCompletableFuture().isDone(),
                                time.elapsed().plus(PATIENCE)))
                        .as("in time")
                        .isTrue());
        key = newKey();
        node = start();
        Stream.generate(this::newKey)
                .limit(honestNodes)
                .map(each -> nodes.start(each, maker.proof(each), BookShape.DEFAULT, VirtualNodes.memory()))
                .forEach(honest::add);
        honest.forEach(each -> VirtualNodes.join(each, node));
        run(Duration.ofMinutes(30));
        assertThat(node.assembly().partners()).containsExactlyInAnyOrderElementsOf(honestIds());
    }

    SeedKey newKey() {
        return SeedKey.generate(random);
    }

    Endpoint endpoint() {
        return node.endpoint();
    }

    List<PeerId> honestIds() {
        return honest.stream().map(each -> each.node().id()).toList();
    }

    void run(Duration more) {
        time.run(time.elapsed().plus(more));
    }

    void crash() {
        nodes.crash(node);
    }

    /** Starts the node on what an earlier run of it had kept. */
    void restart() {
        node = start();
    }

    private Machine start() {
        return nodes.start(key, maker.proof(key), shape, store);
    }
}
