package org.torpeer.transport.tor.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.torpeer.api.OnionAddress;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.ListenRequest;
import org.torpeer.api.spi.transport.Listener;

/** An onion service that somebody else set up in tor's configuration; we only accept what it forwards. */
final class ConfiguredService implements Services {
    private static final int MAX_HOSTNAME_BYTES = 256;

    private final Path folder;
    private final InetSocketAddress target;
    private final OpenSockets sockets;
    private final Semaphore room;
    private final NodeRuntime runtime;

    /**
     * @param folder its {@code HiddenServiceDir}
     * @param target where its {@code HiddenServicePort} leads to
     */
    ConfiguredService(Path folder, InetSocketAddress target, OpenSockets sockets, Semaphore room, NodeRuntime runtime) {
        this.folder = folder;
        this.target = target;
        this.sockets = sockets;
        this.room = room;
        this.runtime = runtime;
    }

    @Override
    public Listener open(ListenRequest request, Consumer<Connection> acceptor) {
        OnionAddress configured = hostname();
        if (!configured.peer().equals(request.key().id())) {
            throw Local.failure("the onion service in " + folder + " is " + configured + ", not our "
                    + request.key().id() + "; import its key, or let tor use ours");
        }
        if (!request.forwards().isEmpty()) {
            throw Local.failure("further ports of the onion service in " + folder
                    + " are set by HiddenServicePort lines in tor's torrc, not by us");
        }
        Inbound inbound = Inbound.open(target, sockets, room, acceptor, runtime);
        return new ServiceListener(request.endpoint(), inbound::close);
    }

    private OnionAddress hostname() {
        Path file = folder.resolve("hostname");
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MAX_HOSTNAME_BYTES), StandardCharsets.US_ASCII);
            return OnionAddress.parse(text.strip());
        } catch (IOException | TorPeerException e) {
            throw Local.failure(file + " does not tell the onion service's address: " + e.getMessage(), e);
        }
    }
}
