package org.torpeer.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.Node;
import org.torpeer.api.NodeListener;
import org.torpeer.api.PeerId;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.Role;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.internal.HastyRuntime;
import org.torpeer.transport.loopback.LoopbackNetwork;

/** Real nodes on an in-memory network of their own, closed last first. */
public final class LoopbackNodes implements AutoCloseable {
    public static final ProofRequirement EASY = new ProofRequirement("sha256", "", 8, 0);
    public static final Duration PATIENCE = Duration.ofSeconds(20);
    public static final String NETWORK = "test";

    public final String loopback;
    private final Deque<Node> open = new ArrayDeque<>();
    private final List<NodeRuntime> runtimes = new ArrayList<>();

    public LoopbackNodes(Random random) {
        byte[] name = new byte[8];
        random.nextBytes(name);
        loopback = "test-" + HexFormat.of().formatHex(name);
    }

    public NodeBuilder builder() {
        return TorPeer.node(NETWORK).proof(EASY).transport("loopback", Map.of("network", loopback));
    }

    /** As {@link #builder}, of a node that waits a tenth of the time for anything. */
    public NodeBuilder hasty() {
        NodeRuntime runtime = new HastyRuntime(NodeRuntime.system("hasty"));
        runtimes.add(runtime);
        return builder().runtime(runtime);
    }

    public Node start(NodeBuilder builder) {
        Node node = builder.start();
        open.push(node);
        return node;
    }

    public Node router() {
        return start(builder().role(Role.ROUTER));
    }

    public Node participant() {
        return start(builder().handle("echo/1", (from, body) -> CompletableFuture.completedStage(body)));
    }

    /** The in-memory network, there while a node is. */
    LoopbackNetwork network() {
        return LoopbackNetwork.named(loopback).orElseThrow();
    }

    /** Waits for events of the node until the condition holds. */
    public static void await(Node node, BooleanSupplier condition, String what) throws Exception {
        CompletableFuture<Void> held = new CompletableFuture<>();
        NodeListener look = new NodeListener() {
            @Override
            public void peerChanged(KnownPeer peer) {
                check();
            }

            @Override
            public void sessionOpened(PeerId peer) {
                check();
            }

            @Override
            public void sessionClosed(PeerId peer, String reason) {
                check();
            }

            private void check() {
                if (condition.getAsBoolean()) {
                    held.complete(null);
                }
            }
        };
        node.addListener(look);
        look.sessionOpened(node.id());
        try {
            held.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            assertThat(condition.getAsBoolean()).as(what).isTrue();
        }
    }

    public static boolean knows(Node node, PeerId peer) {
        return node.peers().stream().anyMatch(known -> known.id().equals(peer) && known.verified());
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        runtimes.forEach(NodeRuntime::close);
    }
}
