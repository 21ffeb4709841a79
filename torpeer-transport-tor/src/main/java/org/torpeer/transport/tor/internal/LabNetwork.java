package org.torpeer.transport.tor.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.torpeer.api.Progress;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.TransportException;

/**
 * One try to bring up a private Tor network: four directory authorities that are its relays too (three are too few for an
 * onion circuit), then clients.
 *
 * <p>A first consensus that lacks a router spoils for good the clients that saw it. Hence the first vote is timed so that
 * all authorities have started by then, and clients start only after every authority sees every router in full.
 */
public final class LabNetwork implements AutoCloseable {
    private static final int AUTHORITIES = 4;
    /** The first interval between votes; the first consensus is due at a multiple of it plus the offset. */
    private static final int FIRST_INTERVAL_SECONDS = 8;
    /** From start to the first consensus; at 5 s some authorities miss it. */
    private static final int FIRST_CONSENSUS_SECONDS = 7;

    private static final Duration CONSENSUS_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration CLIENTS_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final TorBinary binary;
    private final Path folder;
    private final NodeRuntime runtime;
    private final Consumer<Progress> progress;
    private final List<TorProcess> authorities = new ArrayList<>();
    private final List<TorProcess> clients = new ArrayList<>();

    private LabNetwork(TorBinary binary, Path folder, NodeRuntime runtime, Consumer<Progress> progress) {
        this.binary = binary;
        this.folder = folder;
        this.runtime = runtime;
        this.progress = progress;
    }

    /**
     * Starts a network and waits until its clients are ready. What was started is ended again if that fails.
     *
     * @param folder for this try alone
     * @throws TransportException with failure LOCAL if it does not come up in time
     */
    public static LabNetwork start(
            TorBinary binary, Path folder, int clients, NodeRuntime runtime, Consumer<Progress> progress) {
        LabNetwork network = new LabNetwork(binary, folder, runtime, progress);
        boolean up = false;
        try {
            network.bringUp(clients);
            up = true;
            return network;
        } catch (IOException e) {
            throw Local.failure("the lab's files cannot be written: " + e.getMessage(), e);
        } finally {
            if (!up) {
                network.close();
            }
        }
    }

    public List<TorProcess> clients() {
        return List.copyOf(clients);
    }

    public List<TorProcess> authorities() {
        return List.copyOf(authorities);
    }

    /** Ends every tor and waits for that. */
    @Override
    public void close() {
        List<TorProcess> all = new ArrayList<>(clients);
        all.addAll(authorities);
        all.forEach(TorProcess::terminate);
        all.forEach(TorProcess::close);
    }

    private void bringUp(int count) throws IOException {
        progress.accept(new Progress("keys", 0, "making keys for " + AUTHORITIES + " authorities"));
        List<Authority> plans = planAuthorities();
        List<String> directory = plans.stream().map(Authority::directoryLine).toList();

        progress.accept(new Progress("authorities", 0.05, "starting " + AUTHORITIES + " authorities"));
        Instant now = runtime.clock().instant();
        long offset = Math.floorMod(
                (long) Math.ceil(now.toEpochMilli() / 1000.0) + FIRST_CONSENSUS_SECONDS, (long) FIRST_INTERVAL_SECONDS);
        for (Authority plan : plans) {
            plan.keys().write(plan.folder(), now);
            authorities.add(TorProcess.start(binary, plan.folder(), authorityTorrc(plan, directory, offset), runtime));
        }
        authorities.forEach(TorProcess::attach);
        awaitConsensus();

        progress.accept(new Progress("clients", 0.7, "starting " + count + " clients"));
        for (int i = 0; i < count; i++) {
            clients.add(TorProcess.start(binary, folder.resolve("client" + i), clientTorrc(i, directory), runtime));
        }
        clients.forEach(TorProcess::attach);
        Deadline deadline = Deadline.after(CLIENTS_TIMEOUT, runtime.loop());
        for (int i = 0; i < count; i++) {
            clients.get(i).awaitBootstrap(deadline.left(), phase -> {});
            double done = (i + 1) / (double) count;
            progress.accept(new Progress("clients", 0.7 + 0.3 * done, (i + 1) + " of " + count + " clients ready"));
        }
    }

    private void awaitConsensus() {
        Deadline deadline = Deadline.after(CONSENSUS_TIMEOUT, runtime.loop());
        while (true) {
            int least = AUTHORITIES;
            for (TorProcess authority : authorities) {
                least = Math.min(least, RouterStatus.usable(authority.control().getInfo("ns/all")));
            }
            if (least == AUTHORITIES) {
                return;
            }
            if (deadline.passed()) {
                throw Local.failure("the authorities did not agree on a consensus of all " + AUTHORITIES
                        + " routers in " + CONSENSUS_TIMEOUT.toSeconds() + " s");
            }
            double waited = 1 - deadline.left().toMillis() / (double) CONSENSUS_TIMEOUT.toMillis();
            progress.accept(new Progress("consensus", 0.1 + 0.6 * waited, "waiting for the first consensus"));
            authorities.get(0).control().pause(LOOK_EVERY);
        }
    }

    private List<Authority> planAuthorities() throws IOException {
        List<Integer> ports = freePorts(2 * AUTHORITIES);
        List<Authority> plans = new ArrayList<>();
        for (int i = 0; i < AUTHORITIES; i++) {
            String name = "authority" + i;
            plans.add(new Authority(
                    name, folder.resolve(name), AuthorityKeys.generate(), ports.get(2 * i), ports.get(2 * i + 1)));
        }
        return plans;
    }

    /** Free when looked at. That another program takes one before tor does ends this try, not the lab. */
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket();
                sockets.add(socket);
                socket.bind(Literal.loopback(0));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            sockets.forEach(Closing::quietly);
        }
    }

    private static Torrc common(String nickname, List<String> directory) {
        return new Torrc()
                .set("TestingTorNetwork", "1")
                .set("Nickname", nickname)
                .set("ShutdownWaitLength", "0")
                // The default scheduler makes each small message wait some 100 ms on loopback.
                .set("Schedulers", "Vanilla")
                // What a tor learns on loopback is to give up circuits after some 40 ms, as long as one hop may take.
                // A service tries a rendezvous twice, and whoever dialed it waits in vain then.
                .set("LearnCircuitBuildTimeout", "0")
                .set("CircuitBuildTimeout", "10")
                .all(directory);
    }

    private static Torrc authorityTorrc(Authority plan, List<String> directory, long offset) {
        return common(plan.name(), directory)
                .set("SocksPort", "0")
                .set("Address", "127.0.0.1")
                .set("DirPort", "127.0.0.1:" + plan.directoryPort())
                .set("ORPort", "127.0.0.1:" + plan.relayPort())
                .set("AssumeReachable", "1")
                .set("ExitRelay", "0")
                .set("ExitPolicy", "reject *:*")
                .set("AuthoritativeDirectory", "1")
                .set("V3AuthoritativeDirectory", "1")
                .set("TestingV3AuthInitialVotingInterval", Integer.toString(FIRST_INTERVAL_SECONDS))
                .set("TestingV3AuthInitialVoteDelay", "2")
                .set("TestingV3AuthInitialDistDelay", "2")
                .set("TestingV3AuthVotingStartOffset", Long.toString(offset))
                // As in the public network: with each consensus a service of tor 0.4.7 loses its introduction points
                // for a second or two, and what dials it meanwhile fails.
                .set("V3AuthVotingInterval", "3600")
                .set("V3AuthVoteDelay", "2")
                .set("V3AuthDistDelay", "2")
                .set("V3AuthNIntervalsValid", "2")
                .set("TestingDirAuthVoteGuard", "*")
                .set("TestingDirAuthVoteHSDir", "*");
    }

    private static Torrc clientTorrc(int index, List<String> directory) {
        return common("client" + index, directory).set("SocksPort", "127.0.0.1:auto ExtendedErrors");
    }

    private record Authority(String name, Path folder, AuthorityKeys keys, int relayPort, int directoryPort) {
        String directoryLine() {
            return "DirAuthority " + name + " orport=" + relayPort + " v3ident=" + keys.authorityFingerprint()
                    + " 127.0.0.1:" + directoryPort + " " + keys.relayFingerprint();
        }
    }

    /** Where the SOCKS port of a client is. */
    public static InetSocketAddress socks(TorProcess client) {
        return SocksListener.ask(client.control());
    }
}
