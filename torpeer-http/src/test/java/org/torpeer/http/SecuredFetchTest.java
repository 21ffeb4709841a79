package org.torpeer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.http.PeerListException.Reason;
import org.torpeer.testkit.TestSeed;

/** Fetches over https from a server whose certificate is for {@code peers.example} and 127.0.0.1. */
class SecuredFetchTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    private final NodeRuntime runtime = NodeRuntime.system("secured-test");
    private final List<SignedPeerRecord> records = Records.of(2, TestSeed.random("SecuredFetchTest"));
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private SSLContext tls;
    private ScriptedServer server;

    @BeforeEach
    void start() throws Exception {
        Path store = folder.resolve("store.p12");
        tls = SelfSigned.context(
                store.toFile().exists() ? store : SelfSigned.create(folder, "dns:peers.example,ip:127.0.0.1"));
        server = ScriptedServer.of(
                tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()), this::serve);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        runtime.close();
    }

    @Test
    void theServerIsAskedByNameAndBelievedByItsCertificate() {
        PeerListClient client = new PeerListClient(runtime, tls);

        assertThat(client.fetch(URI.create("https://peers.example/"), server.dialer(), LONG))
                .isEqualTo(records);
        assertThat(server.names()).containsExactly("peers.example 443");
        assertThat(asked).containsExactly("peers.example");
    }

    @Test
    void anAddressIsNotAServerName() {
        PeerListClient client = new PeerListClient(runtime, tls);

        assertThat(client.fetch(URI.create("https://127.0.0.1:" + server.port() + "/"), client.direct(), LONG))
                .isEqualTo(records);
        assertThat(asked).isEmpty();
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        refused(new PeerListClient(runtime, tls), "https://other.example/");
        refused(new PeerListClient(runtime, tls), "https://x.peers.example/");
        refused(new PeerListClient(runtime, tls), "https://127.0.0.2/");
    }

    @Test
    void aCertificateNobodyVouchesForIsRefused() {
        refused(new PeerListClient(runtime), "https://peers.example/");
    }

    private void refused(PeerListClient client, String url) {
        PeerListException refusal = catchThrowableOfType(
                PeerListException.class, () -> client.fetch(URI.create(url), server.dialer(), LONG));
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(refusal).hasMessageContaining("certificate");
    }

    private void serve(Socket socket) throws IOException {
        ScriptedServer.request(socket);
        ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) socket).getSession();
        session.getRequestedServerNames().forEach(name -> asked.add(((SNIHostName) name).getAsciiName()));
        byte[] body = PeerListJson.encode(records);
        socket.getOutputStream()
                .write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
    }
}
