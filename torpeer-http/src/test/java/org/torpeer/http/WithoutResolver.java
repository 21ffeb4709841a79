package org.torpeer.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.HostDialer;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;

/** A program that fetches where no name can be resolved, and says what came of it, a line each. */
final class WithoutResolver {
    private WithoutResolver() {}

    /**
     * @param args the ports of a plain and of a secured server on loopback, the latter's key store, the name to ask for
     */
    public static void main(String[] args) throws IOException, GeneralSecurityException {
        int plain = Integer.parseInt(args[0]);
        int secured = Integer.parseInt(args[1]);
        String name = args[3];
        try {
            System.out.println("resolved " + InetAddress.getByName(name));
        } catch (UnknownHostException e) {
            System.out.println("no resolver");
        }
        try (NodeRuntime runtime = NodeRuntime.system("without-resolver")) {
            PeerListClient client = new PeerListClient(runtime, SelfSigned.context(Path.of(args[2])));
            fetch(client, "http://" + name + "/", through(plain));
            fetch(client, "https://" + name + "/", through(secured));
            fetch(client, "http://127.0.0.1:" + plain + "/", client.direct());
            fetch(client, "http://" + name + "/", client.direct());
        }
    }

    private static HostDialer through(int serverPort) {
        return (host, port, timeout) -> {
            System.out.println("dialed " + host + " " + port);
            try {
                return new Socket(InetAddress.getLoopbackAddress(), serverPort);
            } catch (IOException e) {
                throw new TransportException(TransportFailure.UNREACHABLE, "the test's server is gone", e);
            }
        };
    }

    private static void fetch(PeerListClient client, String url, HostDialer dialer) {
        try {
            System.out.println("fetched "
                    + client.fetch(URI.create(url), dialer, Duration.ofSeconds(20))
                            .size());
        } catch (PeerListException e) {
            System.out.println(e.reason());
        }
    }
}
