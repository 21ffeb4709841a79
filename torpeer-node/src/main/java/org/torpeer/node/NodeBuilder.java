package org.torpeer.node;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.Node;
import org.torpeer.api.NodeListener;
import org.torpeer.api.OnionKey;
import org.torpeer.api.Operation;
import org.torpeer.api.PeerId;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.RequestHandler;
import org.torpeer.api.Role;
import org.torpeer.api.SignedNetworkPolicy;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.node.internal.NodeLaunch;
import org.torpeer.node.internal.NodePlan;

/**
 * Collects what a node needs. Only the network must be named: without more, a node is a participant on Tor with a fresh
 * identity that ends with the process. Not safe for several threads.
 */
public final class NodeBuilder {
    private final NetworkId network;
    private final Map<String, RequestHandler> handlers = new LinkedHashMap<>();
    private final Map<Integer, InetSocketAddress> forwards = new HashMap<>();
    private Role role = Role.PARTICIPANT;
    private int port = Endpoint.DEFAULT_PORT;
    private String transportName = "tor";
    private Map<String, String> transportSettings = Map.of();
    private @Nullable Supplier<Operation<Transport>> opening;
    private @Nullable Path data;
    private @Nullable String store;
    private @Nullable OnionKey key;
    private ProofRequirement requirement = ProofRequirement.DEFAULT;
    private @Nullable PeerId operator;
    private @Nullable SignedNetworkPolicy policy;
    private char[] passphrase = {};
    private int miningThreads = Math.max(1, Runtime.getRuntime().availableProcessors());
    private byte @Nullable [] secret;
    private @Nullable NodeListener listener;
    private @Nullable NodeRuntime runtime;

    NodeBuilder(NetworkId network) {
        this.network = network;
    }

    public NodeBuilder role(Role role) {
        this.role = role;
        return this;
    }

    /** The virtual port of the onion service; {@link Endpoint#DEFAULT_PORT} unless set. */
    public NodeBuilder port(int port) {
        this.port = port;
        return this;
    }

    /** A transport by name, with its provider's defaults. */
    public NodeBuilder transport(String name) {
        return transport(name, Map.of());
    }

    /** A transport by name; the provider checks the settings when the node starts. The node closes it. */
    public NodeBuilder transport(String name, Map<String, String> settings) {
        transportName = name;
        transportSettings = Map.copyOf(settings);
        opening = null;
        return this;
    }

    /** A transport that is open already; it stays open when the node closes. */
    public NodeBuilder transport(Transport open) {
        return transport(() -> Promise.of(CompletableFuture.completedStage(open)));
    }

    /**
     * A transport that is opened by the start of the node, once all that can be refused without one has been looked at; it
     * stays open when the node closes. If the start fails or is cancelled before it is open, so is its opening.
     *
     * @param opening called at most once for a start
     */
    public NodeBuilder transport(Supplier<Operation<Transport>> opening) {
        this.opening = opening;
        return this;
    }

    /**
     * The folder that keeps identity and peers; made if it is not there. One node at a time may use it. Without a folder
     * nothing is kept. A first start that is stopped or killed while it mines goes on with the same key the next time.
     */
    public NodeBuilder data(Path folder) {
        data = folder;
        return this;
    }

    /** The peer store by name; {@code mvstore} if there is a folder, {@code memory} otherwise. */
    public NodeBuilder store(String name) {
        store = name;
        return this;
    }

    /**
     * The onion key, for a service that is configured outside. A folder's identity must be of the same key; a fresh one is
     * worked for otherwise.
     */
    public NodeBuilder key(OnionKey key) {
        this.key = key;
        return this;
    }

    /**
     * What this network demands of every node, ourselves included, as long as no operator has spoken; the same for all its
     * nodes.
     */
    public NodeBuilder proof(ProofRequirement requirement) {
        this.requirement = requirement;
        return this;
    }

    /** The key whose signed policies count in this network; nobody's unless set. The same for all its nodes. */
    public NodeBuilder operator(PeerId key) {
        operator = key;
        return this;
    }

    /**
     * A policy to begin with, for who comes to a network that demands something else by now than it was built with. A
     * newer one that is known already stays.
     */
    public NodeBuilder policy(SignedNetworkPolicy signed) {
        policy = signed;
        return this;
    }

    /**
     * What the identity in the folder is sealed under, or is to be if it is made now.
     *
     * @param passphrase not copied; cleared when the identity has been read or written, so that it serves one start
     */
    public NodeBuilder passphrase(char[] passphrase) {
        this.passphrase = passphrase;
        return this;
    }

    /** How many threads mine if a proof has to be made; all cores unless set. */
    public NodeBuilder miningThreads(int threads) {
        miningThreads = threads;
        return this;
    }

    /**
     * Makes the network private: whoever does not know the secret learns nothing from our nodes, not even that they are
     * ours.
     *
     * @param secret at least 16 bytes, copied
     * @throws InvalidInputException if it is shorter
     */
    public NodeBuilder secret(byte[] secret) {
        if (secret.length < 16) {
            throw new InvalidInputException("a network's secret has at least 16 bytes, not " + secret.length);
        }
        this.secret = secret.clone();
        return this;
    }

    /** As {@link Node#handle}, in place before the first peer can ask. */
    public NodeBuilder handle(String protocol, RequestHandler handler) {
        handlers.put(protocol, handler);
        return this;
    }

    /** Leads a further virtual port of the onion service to a local address, if the transport can. */
    public NodeBuilder forward(int virtualPort, InetSocketAddress local) {
        forwards.put(virtualPort, local);
        return this;
    }

    /** Hears events from the start. */
    public NodeBuilder listener(NodeListener listener) {
        this.listener = listener;
        return this;
    }

    /** The world the node runs in; the real one unless set. The node closes it. */
    public NodeBuilder runtime(NodeRuntime runtime) {
        this.runtime = runtime;
        return this;
    }

    /**
     * Starts the node and waits for it: for its proof of work if it has none, for the transport, and for its address to
     * be published.
     *
     * @throws org.torpeer.api.TorPeerException of the kind that says what failed; nothing is left open then
     */
    public Node start() {
        return launch().await(Duration.ofDays(365));
    }

    /**
     * Starts the node; progress is reported in the steps {@code identity}, {@code transport} and {@code publish}, of
     * which the first two go on at the same time. A cancelled launch is over when all it had opened is closed; what ends a
     * moment later is a search for a proof, and listening on a transport that was given and stays open.
     *
     * @throws org.torpeer.api.TorPeerException if what was asked for is not possible at all
     */
    public Operation<Node> launch() {
        if (role == Role.ROUTER && !handlers.isEmpty()) {
            throw new InvalidInputException("a router carries no application traffic: take the handlers away");
        }
        NodePlan plan = new NodePlan(
                network,
                role,
                port,
                transportName,
                transportSettings,
                opening,
                data,
                store == null ? (data == null ? "memory" : "mvstore") : store,
                key,
                requirement,
                operator,
                policy,
                passphrase,
                miningThreads,
                secret == null ? network.toBytes() : secret.clone(),
                Map.copyOf(handlers),
                Map.copyOf(forwards),
                listener);
        return NodeLaunch.start(plan, runtime == null ? NodeRuntime.system(network.name()) : runtime);
    }
}
