package org.torpeer.cli.node;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.NetworkPolicy;
import org.torpeer.api.Node;
import org.torpeer.api.NodeListener;
import org.torpeer.api.Operation;
import org.torpeer.api.OperationCancelledException;
import org.torpeer.api.PeerId;
import org.torpeer.api.Proof;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.cli.admin.AdminServer;
import org.torpeer.cli.json.Json;
import org.torpeer.cli.terminal.ProgressDisplay;
import org.torpeer.http.PeerListServer;
import org.torpeer.node.NodeBuilder;
import org.torpeer.node.TorPeer;
import org.torpeer.node.identity.IdentityFile;

/** A node in the foreground, from start to stop. */
public final class NodeRun {
    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(365);
    private static final byte[] RECEIVED = "received".getBytes(StandardCharsets.US_ASCII);
    private static final int HTTP_PORT = 80;

    private final NodeRunPlan plan;
    private final char[] passphrase;
    private final NodeEvents events;
    private final ProgressDisplay progress;
    private final NodeRuntime runtime;
    private final Promise<Boolean> stopped = new Promise<>();
    private final NodeAdministration administration;
    private @Nullable Operation<?> starting;

    /**
     * @param passphrase what the identity is sealed under, empty if it is not; cleared when it has been read
     * @param progress shows the start; closed when that is over
     * @param runtime outlives the node
     */
    public NodeRun(
            NodeRunPlan plan, char[] passphrase, NodeEvents events, ProgressDisplay progress, NodeRuntime runtime) {
        this.plan = plan;
        this.passphrase = passphrase;
        this.events = events;
        this.progress = progress;
        this.runtime = runtime;
        administration = new NodeAdministration(this::stop, runtime.clock());
    }

    /**
     * Runs the node until {@link #stop}, then closes all in order.
     *
     * @throws org.torpeer.api.TorPeerException if it cannot start
     */
    @SuppressWarnings("try") // the administration works beside what is below
    public void run() {
        try (AdminServer admin = AdminServer.open(plan.data(), administration, runtime);
                LateTransport transport = new LateTransport(plan, runtime)) {
            if (!IdentityFile.in(plan.data()).exists()) {
                // There is nothing in the folder to refuse; and if the transport is, nothing is to come into it.
                await(transport.open());
            }
            runOn(transport);
        } catch (OperationCancelledException e) {
            if (!stopped.isDone()) {
                throw e;
            }
        }
        events.tell("stopped", "stopped", Map.of());
    }

    /** Ends the node, started or not. Further calls do nothing. */
    public synchronized void stop() {
        stopped.complete(true);
        if (starting != null) {
            starting.cancel();
        }
    }

    private void runOn(LateTransport transport) {
        try (RecordsServed served = serve();
                Node node = await(builder(transport, served).launch())) {
            served.from(node);
            progress.close();
            administration.started(node);
            ready(node, served);
            tellPolicy(node);
            Joining joining = new Joining(plan, node, new PeerLists(transport.opened(), runtime), events, runtime);
            joining.begin();
            stopped.await(AS_LONG_AS_IT_TAKES);
            joining.end();
            events.tell("stopping", "stopping", Map.of());
        }
    }

    private <T> T await(Operation<T> operation) {
        synchronized (this) {
            if (stopped.isDone()) {
                operation.cancel();
            }
            starting = operation;
        }
        operation.onProgress(report -> progress.show(report.step(), report));
        return operation.await(AS_LONG_AS_IT_TAKES);
    }

    private RecordsServed serve() {
        return RecordsServed.at(plan.http(), plan.network(), runtime);
    }

    private NodeBuilder builder(LateTransport transport, RecordsServed served) {
        NodeBuilder builder = TorPeer.node(plan.network().name())
                .role(plan.role())
                .port(plan.port())
                .transport(transport::open)
                .data(plan.data())
                .proof(plan.proof())
                .passphrase(passphrase)
                .listener(listener());
        if (plan.role() == Role.PARTICIPANT) {
            builder.handle(NodeAdministration.MESSAGE, this::received);
        }
        if (plan.operator() != null) {
            builder.operator(plan.operator());
        }
        if (plan.policy() != null) {
            builder.policy(plan.policy());
        }
        InetSocketAddress http = served.address();
        if (plan.httpOnion() && http != null) {
            builder.forward(HTTP_PORT, http);
        }
        return builder;
    }

    private CompletionStage<byte[]> received(PeerId from, byte[] body) {
        String message = new String(body, StandardCharsets.UTF_8);
        events.tell(
                "message",
                "message from " + from + ": " + message,
                Json.of("from", from.toString(), "message", message));
        return CompletableFuture.completedStage(RECEIVED);
    }

    private void ready(Node node, RecordsServed served) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("address", node.id().toString());
        facts.put("port", node.endpoint().port());
        facts.put("role", node.role().name().toLowerCase(Locale.ROOT));
        InetSocketAddress http = served.address();
        String where = "";
        if (http != null) {
            String url = "http://" + http.getAddress().getHostAddress() + ":" + http.getPort() + PeerListServer.PATH;
            facts.put("peerList", url);
            where = ", peer list at " + url;
        }
        events.tell("ready", "ready at " + node.endpoint() + where, facts);
    }

    /** A node that starts with a policy says so only if it concerns itself. */
    private void tellPolicy(Node node) {
        NetworkPolicy policy = node.policy();
        if (!policy.accepts(node.record().content().proof(), policy.settled())) {
            told(policy, node.record().content().proof());
        }
    }

    private void told(NetworkPolicy policy, Proof own) {
        String demands = "the network demands "
                + PolicyFacts.text(policy.requirements().get(0)) + " from " + policy.effective() + " on";
        String fate = policy.accepts(own, policy.settled())
                ? ""
                : "; this node's proof counts until " + policy.settled() + ": run 'torpeer identity raise --data "
                        + plan.data() + "', then start the node again";
        events.tell(
                "policy",
                demands + fate,
                PolicyFacts.of(policy, own, runtime.clock().instant()));
    }

    private NodeListener listener() {
        return new NodeListener() {
            @Override
            public void peerVerified(KnownPeer peer) {
                events.tell(
                        "verified",
                        "verified " + peer.endpoint(),
                        Json.of(
                                "peer",
                                peer.id().toString(),
                                "port",
                                peer.endpoint().port()));
            }

            @Override
            public void policyChanged(NetworkPolicy policy) {
                administration
                        .running()
                        .ifPresent(node -> told(policy, node.record().content().proof()));
            }

            @Override
            public void identityRevoked(SignedPeerRecord certificate) {
                PeerId own = certificate.content().endpoint().peer();
                events.tell(
                        "revoked",
                        "the key of this node, " + own + ", was revoked: it stops, and will not start with it again",
                        Json.of("peer", own.toString()));
                stop();
            }

            @Override
            public void sessionOpened(PeerId peer) {
                events.tell("session-opened", "session with " + peer + " opened", Json.of("peer", peer.toString()));
            }

            @Override
            public void sessionClosed(PeerId peer, String reason) {
                events.tell(
                        "session-closed",
                        "session with " + peer + " closed: " + reason,
                        Json.of("peer", peer.toString(), "reason", reason));
            }
        };
    }
}
