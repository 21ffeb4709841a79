package org.torpeer.cli.node;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.Node;
import org.torpeer.api.OnionAddress;
import org.torpeer.api.PeerId;
import org.torpeer.api.Proof;
import org.torpeer.api.SignedNetworkPolicy;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.cli.admin.AdminException;
import org.torpeer.cli.admin.AdminHandler;
import org.torpeer.cli.json.Json;
import org.torpeer.cli.process.Stopwatch;
import org.torpeer.node.internal.door.Doorkeeper;
import org.torpeer.proto.PolicyCodec;
import org.torpeer.proto.RecordCodec;

/** The requests a running node answers to its owner; see {@link #answer}. */
public final class NodeAdministration implements AdminHandler {
    /** The protocol of messages sent with the program. */
    static final String MESSAGE = "message/1";
    /** How long a message may take with its answer, dialing included. */
    public static final Duration SEND_TIME = Duration.ofSeconds(90);

    /** How long a certificate may take to be checked. */
    public static final Duration PUBLISH_TIME = Duration.ofSeconds(30);

    /** How long a decision on a peer may take to be stored. */
    public static final Duration BAN_TIME = Duration.ofSeconds(10);

    private static final int MIN_PREFIX_CHARACTERS = 6;
    private static final int ADDRESS_CHARACTERS = 56;

    private final AtomicReference<@Nullable Node> running = new AtomicReference<>();
    private final Runnable stop;
    private final InstantSource clock;

    NodeAdministration(Runnable stop, InstantSource clock) {
        this.stop = stop;
        this.clock = clock;
    }

    void started(Node node) {
        running.set(node);
    }

    /** The node, once it runs. */
    Optional<Node> running() {
        return Optional.ofNullable(running.get());
    }

    @Override
    public Map<String, Object> answer(Map<String, Object> request) {
        String command = text(request, "command");
        return switch (command) {
            case "status" -> status();
            case "peers" ->
                Json.of(
                        "peers",
                        node().peers().stream().map(NodeAdministration::facts).toList());
            case "send" -> send(text(request, "peer"), text(request, "message"));
            case "publish-policy" -> publishPolicy(text(request, "policy"));
            case "publish" -> publish(text(request, "revocation"));
            case "ban" -> ban(request);
            case "rulings" -> rulings();
            case "stop" -> stop();
            default ->
                throw new InvalidInputException(
                        "there is status, peers, send, publish, publish-policy, ban, rulings and stop, not '" + command
                                + "'");
        };
    }

    private Map<String, Object> status() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("pid", ProcessHandle.current().pid());
        Node node = running.get();
        if (node == null) {
            facts.put("state", "starting");
            return facts;
        }
        List<KnownPeer> peers = node.peers();
        facts.put("state", "running");
        facts.put("address", node.id().toString());
        facts.put("port", node.endpoint().port());
        facts.put("role", lower(node.role()));
        facts.put("network", node.network().name());
        Proof own = node.record().content().proof();
        facts.put("proof", proof(own));
        facts.put("policy", PolicyFacts.of(node.policy(), own, clock.instant()));
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("known", peers.size());
        counts.put("verified", peers.stream().filter(KnownPeer::verified).count());
        counts.put("connected", peers.stream().filter(KnownPeer::connected).count());
        facts.put("peers", counts);
        Map<String, Object> drops = new LinkedHashMap<>();
        Doorkeeper.of(node).drops().forEach((reason, count) -> drops.put(reason.key(), count));
        facts.put("dropped", drops);
        return facts;
    }

    private Map<String, Object> send(String to, String message) {
        Node node = node();
        PeerId peer = peer(node, to.toLowerCase(Locale.ROOT));
        byte[] body = message.getBytes(StandardCharsets.UTF_8);
        if (body.length > Node.MAX_BODY_BYTES) {
            throw new InvalidInputException(
                    "a message has at most " + Node.MAX_BODY_BYTES + " bytes, not " + body.length);
        }
        Stopwatch stopwatch = new Stopwatch();
        byte[] answer = node.request(peer, MESSAGE, body, SEND_TIME).await(SEND_TIME.plusSeconds(5));
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("peer", peer.toString());
        facts.put("answer", new String(answer, StandardCharsets.UTF_8));
        facts.put("roundTripMillis", stopwatch.elapsed().toMillis());
        return facts;
    }

    private Map<String, Object> publish(String revocation) {
        SignedPeerRecord record = RecordCodec.decode(decoded("a revocation", revocation));
        int told = node().publish(record).await(PUBLISH_TIME);
        return Json.of("peer", record.content().endpoint().peer().toString(), "told", told);
    }

    private Map<String, Object> publishPolicy(String policy) {
        SignedNetworkPolicy signed = PolicyCodec.decode(decoded("a policy", policy));
        int told = node().publish(signed).await(PUBLISH_TIME);
        return Json.of("serial", signed.content().serial(), "told", told);
    }

    private Map<String, Object> ban(Map<String, Object> request) {
        Doorkeeper door = Doorkeeper.of(node());
        PeerId peer = OnionAddress.parse(text(request, "peer")).peer();
        Map<String, Object> facts = Json.of("peer", peer.toString());
        String ruling = text(request, "ruling");
        switch (ruling) {
            case "ban" ->
                facts.put(
                        "until",
                        door.ban(peer, seconds(request)).await(BAN_TIME).truncatedTo(ChronoUnit.SECONDS));
            case "allow" ->
                facts.put("allowed", door.allow(peer).await(BAN_TIME).equals(peer));
            case "remove" -> facts.put("known", door.pardon(peer).await(BAN_TIME));
            default -> throw new InvalidInputException("a ruling is ban, allow or remove, not '" + ruling + "'");
        }
        return facts;
    }

    private Map<String, Object> rulings() {
        Doorkeeper.Rulings rulings = Doorkeeper.of(node()).rulings().await(BAN_TIME);
        List<Map<String, Object>> banned = rulings.banned().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> Json.of(
                        "address",
                        each.getKey().toString(),
                        "until",
                        each.getValue().truncatedTo(ChronoUnit.SECONDS).toString()))
                .toList();
        List<String> allowed =
                rulings.allowed().stream().map(PeerId::toString).sorted().toList();
        return Json.of("banned", banned, "allowed", allowed);
    }

    private static Duration seconds(Map<String, Object> request) {
        if (request.get("seconds") instanceof Long seconds) {
            return Duration.ofSeconds(seconds);
        }
        throw new InvalidInputException("a ban says \"seconds\", as a whole number");
    }

    private static byte[] decoded(String what, String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(what + " is written in base64", e);
        }
    }

    private Map<String, Object> stop() {
        stop.run();
        return Json.of("state", "stopping", "pid", ProcessHandle.current().pid());
    }

    private static PeerId peer(Node node, String text) {
        String prefix = text.endsWith(".onion") ? text.substring(0, text.length() - ".onion".length()) : text;
        if (prefix.length() < MIN_PREFIX_CHARACTERS || prefix.length() > ADDRESS_CHARACTERS) {
            throw new InvalidInputException("a peer is named by its onion address, or by " + MIN_PREFIX_CHARACTERS
                    + " or more of the characters it begins with");
        }
        List<PeerId> matching = node.peers().stream()
                .map(KnownPeer::id)
                .filter(id -> id.toString().startsWith(prefix))
                .toList();
        if (matching.size() != 1) {
            throw new AdminException(
                    AdminException.Type.NO_SUCH_PEER,
                    matching.isEmpty()
                            ? "no peer is known whose address begins with '" + prefix + "': see 'torpeer node peers'"
                            : matching.size() + " addresses begin with '" + prefix + "': give more of it");
        }
        return matching.get(0);
    }

    private Node node() {
        Node node = running.get();
        if (node == null) {
            throw new AdminException(AdminException.Type.STARTING, "the node is still starting: try again later");
        }
        return node;
    }

    private static Map<String, Object> facts(KnownPeer peer) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("address", peer.id().toString());
        facts.put("port", peer.endpoint().port());
        facts.put("role", lower(peer.record().content().role()));
        facts.put("status", lower(peer.status()));
        facts.put("connected", peer.connected());
        facts.put("verified", peer.verified());
        if (peer.verifiedAt() != null) {
            facts.put("verifiedAt", peer.verifiedAt().toString());
        }
        return facts;
    }

    private static Map<String, Object> proof(Proof proof) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("algorithm", proof.algorithm());
        facts.put("parameters", proof.parameters());
        facts.put("bits", proof.bits());
        return facts;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String text(Map<String, Object> request, String name) {
        if (request.get(name) instanceof String text) {
            return text;
        }
        throw new InvalidInputException("a request says \"" + name + "\", as a string");
    }
}
