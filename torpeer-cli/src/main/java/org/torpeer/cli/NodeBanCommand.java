package org.torpeer.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.PeerId;
import org.torpeer.cli.json.Json;
import org.torpeer.cli.node.NodeAdministration;
import org.torpeer.cli.terminal.OneLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code torpeer node ban}. */
@Command(
        name = "ban",
        description = "Has a running node keep a peer out, or let it in, whatever it does. The node remembers across"
                + " restarts.")
final class NodeBanCommand implements Callable<Integer> {
    private static final String DAY = "24h";

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private RunningNode node = new RunningNode();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KEY",
            description = "The peer's key in hexadecimal digits, or its onion address.")
    private @Nullable String key;

    @ArgGroup
    private Ruling ruling = new Ruling();

    /** What is decided; a ban for a day if nothing else is said. */
    static final class Ruling {
        @Option(
                names = "--for",
                paramLabel = "TIME",
                description = "How long it is banned: a number with s, m, h or d, as in 90m (default: 24h).")
        private @Nullable String time;

        @Option(names = "--remove", description = "Forget what was decided of the peer, and what it did.")
        private boolean remove;

        @Option(names = "--allow", description = "Let the peer in whatever it does.")
        private boolean allow;

        @Option(names = "--list", description = "Show who is banned, by whomever, and who is allowed.")
        private boolean list;
    }

    @Override
    public Integer call() {
        if (ruling.list) {
            return list();
        }
        if (key == null) {
            throw new InvalidInputException("name the peer: its key, or its onion address");
        }
        PeerId peer = PeerKey.parse(key);
        Map<String, Object> request = Json.of("command", "ban", "peer", peer.toString(), "ruling", ruling());
        if (!ruling.remove && !ruling.allow) {
            Duration time = Times.parse(ruling.time == null ? DAY : ruling.time);
            request.put("seconds", time.toSeconds());
        }
        Map<String, Object> answer = node.ask(request, NodeAdministration.BAN_TIME.plusSeconds(10));
        node.print(answer, sentence(answer), Surroundings.out(spec));
        return Program.DONE;
    }

    private String ruling() {
        if (ruling.remove) {
            return "remove";
        }
        return ruling.allow ? "allow" : "ban";
    }

    private String sentence(Map<String, Object> answer) {
        if (ruling.remove) {
            String none = Boolean.TRUE.equals(answer.get("known")) ? "" : ", of which there was nothing";
            return "forgotten: " + answer.get("peer") + none;
        }
        return ruling.allow
                ? "allowed: " + answer.get("peer")
                : "banned until " + answer.get("until") + ": " + answer.get("peer");
    }

    private int list() {
        if (key != null) {
            throw new InvalidInputException("--list shows all peers: name none");
        }
        Map<String, Object> answer = node.ask("rulings");
        PrintWriter out = Surroundings.out(spec);
        if (node.json()) {
            out.println(Json.line(answer));
            return Program.DONE;
        }
        if (answer.get("banned") instanceof List<?> banned) {
            banned.forEach(each -> out.println(OneLine.of(line(each))));
        }
        if (answer.get("allowed") instanceof List<?> allowed) {
            allowed.forEach(each -> out.println(OneLine.of(each + "  allowed")));
        }
        return Program.DONE;
    }

    private static String line(Object banned) {
        return banned instanceof Map<?, ?> facts ? facts.get("address") + "  banned until " + facts.get("until") : "";
    }
}
