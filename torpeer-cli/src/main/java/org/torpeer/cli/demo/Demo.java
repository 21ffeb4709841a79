package org.torpeer.cli.demo;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.torpeer.api.NetworkId;
import org.torpeer.api.Node;
import org.torpeer.api.Operation;
import org.torpeer.api.OperationCancelledException;
import org.torpeer.api.OperationTimeoutException;
import org.torpeer.api.Progress;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.Role;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.cli.process.Stopwatch;
import org.torpeer.cli.process.TemporaryFolder;
import org.torpeer.node.NodeBuilder;
import org.torpeer.node.TorPeer;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.identity.IdentityFile;
import org.torpeer.node.identity.IdentityMaker;

/**
 * A demonstration: one router and several participants, none of which knows any other but the router, find each other,
 * and each participant sends a message to each other. Leaves nothing behind.
 */
public final class Demo {
    /** The protocol of the messages. */
    static final String CHAT = "chat/1";

    private static final String NETWORK = "demo";
    private static final Duration MINING_TIME = Duration.ofSeconds(60);

    private final DemoPlan plan;
    private final DemoView view;
    private final Stopwatch stopwatch;
    private final NodeRuntime runtime;
    private final List<Operation<?>> begun = new ArrayList<>();
    private boolean cancelled;

    /**
     * @param stopwatch what all times are measured with
     * @param runtime outlives the demonstration
     */
    public Demo(DemoPlan plan, DemoView view, Stopwatch stopwatch, NodeRuntime runtime) {
        this.plan = plan;
        this.view = view;
        this.stopwatch = stopwatch;
        this.runtime = runtime;
    }

    /**
     * Blocks until all is done and closed.
     *
     * @throws DemoException if not all found all, or not every message came back with the right answer; what was done is
     *     in the result file nevertheless
     * @throws OperationCancelledException if it was cancelled
     */
    public void run(DemoResult result) {
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            Operation<DemoWorld> starting = plan.startWorld(folder.path().resolve("world"), runtime);
            starting.onProgress(view::network);
            ends(starting);
            try {
                makeIdentities(folder.path());
                try (DemoWorld world = await(starting, plan.worldTime())) {
                    view.network(new Progress("ready", 1, "ready"));
                    runOn(world, folder.path(), result);
                }
            } finally {
                starting.discard(DemoWorld::close);
            }
        }
    }

    /** Ends it early, from another thread. */
    public synchronized void cancel() {
        cancelled = true;
        begun.forEach(Operation::cancel);
    }

    /** With the demonstration, also while something else is waited for. */
    private synchronized void ends(Operation<?> operation) {
        begun.add(operation);
        if (cancelled) {
            operation.cancel();
        }
    }

    private void makeIdentities(Path folder) {
        IdentityMaker maker = new IdentityMaker(runtime);
        for (int i = 0; i < plan.nodes(); i++) {
            int done = i;
            Operation<Identity> making = maker.create(
                    NetworkId.of(NETWORK),
                    ProofRequirement.EASY,
                    Runtime.getRuntime().availableProcessors());
            making.onProgress(progress -> view.identities(new Progress(
                    progress.step(), (done + progress.fraction()) / plan.nodes(), done + " of " + plan.nodes())));
            IdentityFile.in(dataFolder(folder, i)).create(await(making, MINING_TIME));
        }
        view.identities(new Progress("done", 1, plan.nodes() + " of " + plan.nodes()));
    }

    private void runOn(DemoWorld world, Path folder, DemoResult result) {
        DemoBook book = new DemoBook(plan.nodes());
        DemoTalk talk = new DemoTalk(book, view, stopwatch, runtime);
        List<Operation<Node>> launches = new ArrayList<>();
        try {
            for (int i = 0; i < plan.nodes(); i++) {
                launches.add(builder(world, dataFolder(folder, i), i, talk).launch());
            }
            List<Node> nodes = new ArrayList<>();
            for (Operation<Node> launch : launches) {
                Node node = await(launch, plan.meetingTime());
                view.started(nodes.size(), node.role(), node.endpoint());
                nodes.add(node);
            }
            boolean inTime = meet(talk, nodes);
            result.write(new DemoReport(world.transport(), members(nodes), book).json(stopwatch.elapsed()));
            if (!inTime) {
                throw new DemoException(
                        book.missing() + " within " + plan.meetingTime().toSeconds() + " s"
                                + talk.lastTrouble()
                                        .map(trouble -> "; the last trouble: " + trouble)
                                        .orElse(""));
            }
        } finally {
            closeAll(launches);
        }
        view.finished("all " + plan.nodes() + " nodes found each other, and "
                + book.messages().size() + " messages came back with the right answer");
    }

    private boolean meet(DemoTalk talk, List<Node> nodes) {
        Operation<Boolean> meeting = talk.begin(nodes);
        try {
            await(meeting, plan.meetingTime());
            return true;
        } catch (OperationTimeoutException e) {
            return false;
        } finally {
            talk.end();
        }
    }

    private static NodeBuilder builder(DemoWorld world, Path data, int node, DemoTalk talk) {
        NodeBuilder builder = TorPeer.node(NETWORK)
                .transport(world.transport(), world.settings(node))
                .data(data)
                .proof(ProofRequirement.EASY)
                .role(node == 0 ? Role.ROUTER : Role.PARTICIPANT)
                .listener(talk.listener(node));
        if (node > 0) {
            builder.handle(CHAT, (from, body) -> CompletableFuture.completedStage(answer(body)));
        }
        return builder;
    }

    /** What a participant answers: the message itself is part of it, so that an answer cannot be taken for another's. */
    static byte[] answer(byte[] message) {
        String text = "hello " + new String(message, StandardCharsets.UTF_8);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<DemoReport.Member> members(List<Node> nodes) {
        return nodes.stream()
                .map(node -> new DemoReport.Member(
                        node.id().toString(),
                        node.role(),
                        node.record().content().proof()))
                .toList();
    }

    private static Path dataFolder(Path folder, int node) {
        return folder.resolve("node" + node);
    }

    private <T> T await(Operation<T> operation, Duration timeout) {
        ends(operation);
        return operation.await(timeout);
    }

    /** Closes all nodes at once, for each says goodbye and waits for its transport. */
    private void closeAll(List<Operation<Node>> launches) {
        List<Thread> closing = launches.stream()
                .map(launch -> runtime.blocking().newThread(() -> launch.discard(Node::close)))
                .toList();
        closing.forEach(Thread::start);
        closing.forEach(Demo::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
