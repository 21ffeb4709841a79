package org.torpeer.cli.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.Node;
import org.torpeer.api.NodeListener;
import org.torpeer.api.Operation;
import org.torpeer.api.PeerId;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.cli.process.Stopwatch;

/**
 * What the nodes of a demonstration do: participants join through the router, and each that has found all others sends
 * every other participant a message. What fails is tried again until the demonstration ends. All state is touched on the
 * loop of the runtime only.
 */
final class DemoTalk {
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration ANSWER_TIME = Duration.ofSeconds(20);

    private final DemoBook book;
    private final DemoView view;
    private final Stopwatch stopwatch;
    private final NodeRuntime runtime;
    private final Map<PeerId, Integer> numbers = new HashMap<>();
    private final Promise<Boolean> done = new Promise<>();
    private List<Node> nodes = List.of();
    private volatile boolean ended;
    private volatile @Nullable String trouble;

    DemoTalk(DemoBook book, DemoView view, Stopwatch stopwatch, NodeRuntime runtime) {
        this.book = book;
        this.view = view;
        this.stopwatch = stopwatch;
        this.runtime = runtime;
    }

    /** Notes whom a node finds. A node finds nobody before it joins, so all are known by number then. */
    NodeListener listener(int node) {
        return new NodeListener() {
            @Override
            public void peerVerified(KnownPeer peer) {
                Duration now = stopwatch.elapsed();
                runtime.loop().execute(() -> found(node, peer.id(), now));
            }
        };
    }

    /** Joins; completes when all have found all and every message was answered. */
    Operation<Boolean> begin(List<Node> started) {
        runtime.loop().execute(() -> {
            nodes = List.copyOf(started);
            for (int i = 0; i < nodes.size(); i++) {
                numbers.put(nodes.get(i).id(), i);
            }
            Endpoint router = nodes.get(0).endpoint();
            nodes.subList(1, nodes.size()).forEach(node -> join(node, router));
        });
        return done;
    }

    /** Tries nothing again from now on. */
    void end() {
        ended = true;
    }

    Optional<String> lastTrouble() {
        return Optional.ofNullable(trouble);
    }

    private void join(Node node, Endpoint router) {
        node.join(List.of(router)).completion().whenComplete((peers, failure) -> {
            if (failure != null) {
                retry("joining", failure, () -> join(node, router));
            }
        });
    }

    private void found(int node, PeerId peer, Duration now) {
        Integer other = numbers.get(peer);
        if (other == null) {
            return;
        }
        boolean all = book.found(node, other, now);
        view.found(node, other, now);
        if (all) {
            book.messagesFrom(node).forEach(this::send);
        }
        checkDone();
    }

    private void send(DemoBook.Message message) {
        Node from = nodes.get(message.from());
        byte[] body = ("from " + message.from() + " to " + message.to()).getBytes(StandardCharsets.UTF_8);
        Duration sent = stopwatch.elapsed();
        from.request(nodes.get(message.to()).id(), Demo.CHAT, body, ANSWER_TIME)
                .completion()
                .whenComplete((answer, failure) -> {
                    Duration roundTrip = stopwatch.elapsed().minus(sent);
                    if (failure != null) {
                        retry("a message", failure, () -> send(message));
                    } else if (Arrays.equals(answer, Demo.answer(body))) {
                        runtime.loop().execute(() -> answered(message, roundTrip));
                    } else {
                        note("node " + message.to() + " gave a wrong answer");
                    }
                });
    }

    private void answered(DemoBook.Message message, Duration roundTrip) {
        book.answered(message, roundTrip);
        view.answered(message.from(), message.to(), roundTrip);
        checkDone();
    }

    private void checkDone() {
        if (book.complete()) {
            done.complete(true);
        }
    }

    private void retry(String what, Throwable failure, Runnable again) {
        if (!ended) {
            note(what + " failed: " + failure.getMessage());
            runtime.loop().schedule(RETRY, again);
        }
    }

    private void note(String line) {
        trouble = line;
        view.trouble(line);
    }
}
