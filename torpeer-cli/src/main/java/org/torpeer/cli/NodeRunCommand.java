package org.torpeer.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.PeerId;
import org.torpeer.api.Role;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.cli.node.NodeEvents;
import org.torpeer.cli.node.NodeRun;
import org.torpeer.cli.node.NodeRunPlan;
import org.torpeer.cli.process.Signals;
import org.torpeer.cli.terminal.ProgressDisplay;
import org.torpeer.http.PeerListClient;
import org.torpeer.http.PeerListException;
import org.torpeer.node.identity.IdentityDraft;
import org.torpeer.node.identity.IdentityFile;
import org.torpeer.node.policy.PolicyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code torpeer node run}. */
@Command(
        name = "run",
        description =
                "Runs a node until Ctrl-C or 'node stop'. On its first start it makes an identity, which takes its"
                        + " time unless the network is easy.")
final class NodeRunCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "The node's folder, with its identity and the peers it knows; made if needed.")
    private Path data = Path.of("");

    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = "torpeer",
            description = "The network to be in (default: ${DEFAULT-VALUE}).")
    private String network = "";

    @Option(names = "--router", description = "Only help peers find each other; carry no messages.")
    private boolean router;

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "The virtual port of the onion service (default: ${DEFAULT-VALUE}).")
    private int port = Endpoint.DEFAULT_PORT;

    @Option(
            names = "--join",
            paramLabel = "PEER|URL",
            arity = "1..*",
            description = "Peers to join through, as ADDRESS.onion:PORT, or peer lists, as http or https URLs.")
    private List<String> join = new ArrayList<>();

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            defaultValue = "tor",
            description = "How connections are made: tor or loopback (default: ${DEFAULT-VALUE}).")
    private String transport = "";

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A setting of the transport.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--tor-control", paramLabel = "HOST:PORT", description = "The control port of a running tor.")
    private String torControl = "";

    @Option(names = "--tor-socks", paramLabel = "HOST:PORT", description = "The SOCKS port of a running tor.")
    private String torSocks = "";

    @Mixin
    private ProofOptions proof = new ProofOptions();

    @Option(
            names = "--operator",
            paramLabel = "KEY",
            description = "The key whose signed policies say what the network demands; the same for all its nodes.")
    private String operator = "";

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "The operator's policy to begin with; newer ones come from peers.")
    private @Nullable Path policy;

    @Mixin
    private PassphraseOptions passphrase = new PassphraseOptions();

    @Option(
            names = "--passphrase",
            description = "Seal the identity, if it is made now, under a passphrase asked for on the terminal.")
    private boolean ask;

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            description = "Serve the peer list over HTTP at this local address; routers only.")
    private String http = "";

    @Option(names = "--http-onion", description = "Lead port 80 of the onion service there too.")
    private boolean httpOnion;

    @Option(names = "--json", description = "Print events as JSON.")
    private boolean json;

    @Option(names = "--plain", description = "Show progress as lines, even where there is a terminal.")
    private boolean plain;

    @Override
    public Integer call() {
        NodeRunPlan plan = plan();
        IdentityFile identity = IdentityFile.in(data);
        char[] secret = identity.exists() ? passphrase.of(identity) : passphrase.of(IdentityDraft.of(data), ask);
        try (Signals signals = Signals.normalEnd();
                NodeRuntime runtime = NodeRuntime.system("program");
                ProgressDisplay progress = ProgressDisplay.on(Surroundings.err(spec), runtime.loop(), plain || json)) {
            NodeRun run = new NodeRun(plan, secret, new NodeEvents(Surroundings.out(spec), json), progress, runtime);
            signals.ask(run::stop);
            run.run();
            return Program.DONE;
        }
    }

    private NodeRunPlan plan() {
        if (!router && !http.isEmpty()) {
            throw new InvalidInputException("--http is for routers: add --router");
        }
        if (httpOnion && http.isEmpty()) {
            throw new InvalidInputException("--http-onion leads to what is served: add --http 127.0.0.1:0");
        }
        if (port < 1 || port > 65_535) {
            throw new InvalidInputException("a port is between 1 and 65535, not " + port);
        }
        List<Endpoint> seeds = new ArrayList<>();
        List<URI> lists = new ArrayList<>();
        for (String from : join) {
            if (from.contains("://")) {
                lists.add(url(from));
            } else {
                seeds.add(Endpoint.parse(from));
            }
        }
        if (policy != null && operator.isEmpty()) {
            throw new InvalidInputException("--policy counts if its operator is known: add --operator");
        }
        Providers.transports().require(transport);
        NetworkId id = NetworkId.of(network);
        PeerId signer = operator.isEmpty() ? null : PeerKey.parse(operator);
        return new NodeRunPlan(
                data,
                id,
                router ? Role.ROUTER : Role.PARTICIPANT,
                port,
                seeds,
                lists,
                transport,
                transportSettings(),
                proof.requirement(),
                signer,
                policy == null || signer == null ? null : PolicyFile.read(policy, id, signer),
                http.isEmpty() ? null : HostPort.parse(http),
                httpOnion);
    }

    private Map<String, String> transportSettings() {
        Map<String, String> all = new LinkedHashMap<>(settings);
        put(all, "control", torControl);
        put(all, "socks", torSocks);
        return all;
    }

    private static void put(Map<String, String> settings, String name, String value) {
        if (!value.isEmpty() && settings.put(name, value) != null) {
            throw new InvalidInputException("--tor-" + name + " and --set " + name + "= are the same: give one");
        }
    }

    private static URI url(String text) {
        try {
            URI url = URI.create(text);
            PeerListClient.check(url);
            return url;
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("--join: this is not a URL", e);
        } catch (PeerListException e) {
            throw new InvalidInputException("--join: " + e.getMessage(), e);
        }
    }
}
