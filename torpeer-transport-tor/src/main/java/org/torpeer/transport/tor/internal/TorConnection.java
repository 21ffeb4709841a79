package org.torpeer.transport.tor.internal;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Progress;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.TransportContext;
import org.torpeer.api.spi.transport.TransportException;

/**
 * The tor that a transport uses: one that runs already, or one of our own.
 *
 * @param socks where it took SOCKS connections when it was opened
 * @param control the way to its control port; null if there is none
 * @param owned its process if it is ours to end
 */
record TorConnection(
        InetSocketAddress socks,
        @Nullable ControlLink control,
        @Nullable TorProcess owned) implements AutoCloseable {
    /** The oldest series that the Tor network still supports. */
    private static final TorVersion OLDEST = new TorVersion(0, 4, 8, 0);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** A slow but living bootstrap moves within this time. */
    private static final Duration BOOTSTRAP_PATIENCE = Duration.ofMinutes(2);

    private static final List<String> EVENTS = List.of("STATUS_GENERAL", "STATUS_CLIENT", "HS_DESC");

    /**
     * Blocks until tor is ready.
     *
     * @throws TransportException with failure LOCAL if it cannot be had; nothing is left behind then
     */
    static TorConnection open(TorSettings settings, TransportContext context, Consumer<Progress> progress) {
        NodeRuntime runtime = context.runtime();
        if (settings.owned()) {
            return own(settings, context, progress);
        }
        Optional<InetSocketAddress> control = settings.control();
        if (control.isPresent()) {
            return controlled(control.get(), settings, runtime, progress);
        }
        InetSocketAddress socks = settings.socks().orElseThrow();
        new Socks5(socks)
                .probe(new Isolation(runtime.random()).of("probe"), Deadline.after(CONNECT_TIMEOUT, runtime.loop()));
        return new TorConnection(socks, null, null);
    }

    private static TorConnection controlled(
            InetSocketAddress address, TorSettings settings, NodeRuntime runtime, Consumer<Progress> progress) {
        ControlClient control = connect(address, settings, runtime, client -> {}, progress);
        boolean ready = false;
        try {
            InetSocketAddress socks = socks(settings, control);
            ready = true;
            ControlLink link = ControlLink.renewed(
                    control, connected -> connect(address, settings, runtime, connected, phase -> {}), runtime);
            return new TorConnection(socks, link, null);
        } finally {
            if (!ready) {
                control.close();
            }
        }
    }

    /** Where the tor behind a control connection takes SOCKS connections. */
    static InetSocketAddress socks(TorSettings settings, ControlClient control) {
        return settings.socks().orElseGet(() -> SocksListener.ask(control));
    }

    private static ControlClient connect(
            InetSocketAddress address,
            TorSettings settings,
            NodeRuntime runtime,
            Consumer<ControlClient> connected,
            Consumer<Progress> progress) {
        ControlClient control = ControlClient.connect(address, settings.credentials(), CONNECT_TIMEOUT, runtime);
        boolean ready = false;
        try {
            connected.accept(control);
            control.setEvents(EVENTS);
            new Bootstrap(control, runtime.loop()).await(BOOTSTRAP_PATIENCE, phase -> progress.accept(report(phase)));
            ready = true;
            return control;
        } finally {
            if (!ready) {
                control.close();
            }
        }
    }

    private static TorConnection own(TorSettings settings, TransportContext context, Consumer<Progress> progress) {
        TorBinary binary = settings.binary().map(TorBinary::at).orElseGet(TorBinary::ofSystem);
        TorVersion version = binary.version();
        if (version.compareTo(OLDEST) < 0 && !settings.forceOld()) {
            throw Local.failure(binary.executable() + " is tor " + version + ", too old for the public network;"
                    + " install tor 0.4.8 or newer, or set force-old to true");
        }
        progress.accept(new Progress("tor", 0, "starting tor " + version));
        TorProcess process = TorProcess.start(
                binary,
                context.folder().resolve("tor"),
                new Torrc().set("SocksPort", "127.0.0.1:auto ExtendedErrors").set("ClientOnly", "1"),
                context.runtime());
        boolean ready = false;
        try {
            process.attach();
            process.awaitBootstrap(BOOTSTRAP_PATIENCE, phase -> progress.accept(report(phase)));
            ControlClient control = process.control();
            ControlLink link = ControlLink.once(control, context.runtime());
            TorConnection connection = new TorConnection(SocksListener.ask(control), link, process);
            ready = true;
            return connection;
        } finally {
            if (!ready) {
                process.close();
            }
        }
    }

    private static Progress report(BootstrapPhase phase) {
        return new Progress("bootstrap", phase.percent() / 100.0, "tor: " + phase.summary());
    }

    @Override
    public void close() {
        if (control != null) {
            control.close();
        }
        if (owned != null) {
            owned.close();
        }
    }
}
