package org.torpeer.childjvm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.torpeer.api.Endpoint;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportContext;

/** Dials an onion service in a JVM in which no name can be resolved. */
public final class BlindDialer {
    /** What the hosts file must hold alone. */
    public static final String MARKER = "marker.invalid";

    public static final String MARKER_ADDRESS = "192.0.2.1";

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private BlindDialer() {}

    /**
     * @param arguments SOCKS address, endpoint, folder
     */
    public static void main(String[] arguments) throws IOException {
        requireBlind();
        Endpoint target = Endpoint.parse(arguments[1]);
        try (NodeRuntime runtime = NodeRuntime.system("blind");
                Transport transport = Providers.transports()
                        .require("tor")
                        .open(new TransportContext(Map.of("socks", arguments[0]), Path.of(arguments[2]), runtime))
                        .await(PATIENCE)) {
            Connection connection =
                    transport.dial(target, PATIENCE).toCompletableFuture().join();
            connection.write(new byte[] {7}).toCompletableFuture().join();
            System.out.println("ECHO " + connection.read().toCompletableFuture().join()[0]);
            try (Socket socket =
                    transport.hostDialer().orElseThrow().connect(target.peer().toString(), target.port(), PATIENCE)) {
                socket.getOutputStream().write("x".getBytes(StandardCharsets.US_ASCII));
                System.out.println("HOST " + socket.getInputStream().read());
            }
        }
    }

    /** With a hosts file set, the JDK asks nothing but that file; the marker shows that it is set. */
    private static void requireBlind() throws UnknownHostException {
        String found = InetAddress.getAllByName(MARKER)[0].getHostAddress();
        if (!found.equals(MARKER_ADDRESS)) {
            throw new AssertionError("names are resolved otherwise: " + found);
        }
    }
}
