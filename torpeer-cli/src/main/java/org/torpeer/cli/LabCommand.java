package org.torpeer.cli;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Operation;
import org.torpeer.api.OperationCancelledException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.cli.json.Json;
import org.torpeer.cli.process.Signals;
import org.torpeer.cli.process.TemporaryFolder;
import org.torpeer.cli.process.TorProgram;
import org.torpeer.cli.terminal.ProgressDisplay;
import org.torpeer.transport.tor.TorLab;
import org.torpeer.transport.tor.TorLabClient;
import org.torpeer.transport.tor.TorLabOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code torpeer lab}. */
@Command(
        name = "lab",
        description = "Keeps a private Tor network on this machine up until Ctrl-C, and prints how to use it.")
final class LabCommand implements Callable<Integer> {
    private static final String ROUTER = "router";
    private static final List<String> NODES = List.of(ROUTER, "alice", "bob");

    private static final Duration START_TIME = Duration.ofMinutes(5);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "2",
            description = "How many tors for nodes to use (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "A folder of the lab's own, deleted at the end (default: a temporary one).")
    private @Nullable Path folder;

    @Option(names = "--tor", paramLabel = "PATH", description = "Another tor than the packaged one.")
    private @Nullable Path tor;

    @Option(names = "--json", description = "Print one line of JSON when it is ready.")
    private boolean json;

    @Override
    public Integer call() {
        if (tor != null) {
            TorProgram.check(tor);
        }
        try (Signals signals = Signals.normalEnd();
                NodeRuntime runtime = NodeRuntime.system("lab")) {
            if (folder != null) {
                run(folder, runtime, signals);
                return Program.DONE;
            }
            try (TemporaryFolder temporary = TemporaryFolder.make()) {
                run(temporary.path().resolve("lab"), runtime, signals);
                return Program.DONE;
            }
        }
    }

    private void run(Path place, NodeRuntime runtime, Signals signals) {
        CountDownLatch ended = new CountDownLatch(1);
        Operation<TorLab> starting = TorLab.start(options(place), runtime);
        signals.ask(() -> {
            starting.cancel();
            ended.countDown();
        });
        try (TorLab lab = started(starting, runtime)) {
            tell(lab.clients());
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("interrupted");
        } finally {
            starting.discard(TorLab::close);
        }
    }

    private TorLabOptions options(Path place) {
        TorLabOptions options = TorLabOptions.in(place).clients(clients);
        return tor == null ? options : options.tor(tor);
    }

    private TorLab started(Operation<TorLab> starting, NodeRuntime runtime) {
        try (ProgressDisplay display = ProgressDisplay.on(Surroundings.err(spec), runtime.loop(), false)) {
            starting.onProgress(progress -> display.show("lab", progress));
            return starting.await(START_TIME);
        }
    }

    private void tell(List<TorLabClient> ready) {
        PrintWriter out = Surroundings.out(spec);
        if (json) {
            out.println(Json.line(
                    Json.of("clients", ready.stream().map(LabCommand::facts).toList())));
        } else {
            out.println(
                    "The lab is up. Nodes on it, each in a terminal of its own; ROUTER is what the first one prints:");
            for (int i = 0; i < NODES.size(); i++) {
                out.println(nodeLine(ready.get(i % ready.size()), NODES.get(i)));
            }
            out.println("Ctrl-C ends it.");
        }
        out.flush();
    }

    private static Map<String, Object> facts(TorLabClient client) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("control", text(client.control()));
        facts.put("socks", text(client.socks()));
        facts.put("pid", client.pid());
        return facts;
    }

    private static String nodeLine(TorLabClient client, String name) {
        String line = "  ./torpeer node run --data /tmp/torpeer/" + name + " --network lab --easy --tor-control "
                + text(client.control());
        return line + (name.equals(ROUTER) ? " --router" : " --join ROUTER.onion");
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
