package org.torpeer.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.Node;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.HostDialer;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.http.PeerListException.Reason;
import org.torpeer.proto.MalformedException;
import org.torpeer.proto.PeerListCodec;

/**
 * Fetches peer lists over http and https, from onion services and from other hosts. Of the records only the structure is
 * checked: signatures and proofs are the node's own to verify, see {@link Node#joinFrom}. Safe for several threads.
 *
 * <p>Host names go to the dialer as they are and are resolved nowhere else. A request says nothing of who makes it.
 */
public final class PeerListClient {
    private static final String ACCEPT = Accept.PROTOBUF + ", " + Accept.JSON + ";q=0.9";

    private final NodeRuntime runtime;
    private final Supplier<SSLSocketFactory> tls;

    /** A client that trusts the certificate authorities the JDK trusts. */
    public PeerListClient(NodeRuntime runtime) {
        this(runtime, () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /**
     * @param tls decides which certificates are trusted
     */
    public PeerListClient(NodeRuntime runtime, SSLContext tls) {
        this(runtime, tls::getSocketFactory);
    }

    private PeerListClient(NodeRuntime runtime, Supplier<SSLSocketFactory> tls) {
        this.runtime = runtime;
        this.tls = tls;
    }

    /**
     * Checks what {@link #fetch} would check of a URL before it dials.
     *
     * @throws PeerListException BAD_URL, if it is none that a list can be fetched from
     */
    public static void check(URI url) {
        ListUrl.of(url);
    }

    /**
     * A dialer without Tor, which tells the host, the network and the machine's resolver who is asking for what. It refuses
     * onion services.
     */
    public HostDialer direct() {
        return new DirectDialer(runtime);
    }

    /**
     * Fetches one list. Blocks, on a thread other than the runtime's loop. Redirects are not followed, and compressed
     * answers refused.
     *
     * @param url {@code http} or {@code https}, with the path, such as {@link PeerListServer#PATH}
     * @param dialer of a transport, or {@link #direct}
     * @param timeout for everything from dialing to the answer's last byte
     * @throws PeerListException for each {@link Reason}
     * @throws InvalidInputException if the time is not positive
     * @throws IllegalStateException if called on the runtime's loop
     */
    public List<SignedPeerRecord> fetch(URI url, HostDialer dialer, Duration timeout) {
        if (runtime.loop().isCurrent()) {
            throw new IllegalStateException("fetching blocks: call it on another thread than the loop's");
        }
        if (timeout.isZero() || timeout.isNegative()) {
            throw new InvalidInputException("a time-out is longer than zero");
        }
        ListUrl target = ListUrl.of(url);
        if (target.isOnion() && dialer instanceof DirectDialer) {
            throw new PeerListException(
                    Reason.BAD_URL, "an onion service is reached through Tor only: fetch it with the tor transport");
        }
        long start = runtime.loop().nanoTime();
        Socket socket = dial(target, dialer, timeout);
        Duration left = timeout.minusNanos(runtime.loop().nanoTime() - start);
        return exchange(target, socket, left);
    }

    private static Socket dial(ListUrl target, HostDialer dialer, Duration timeout) {
        try {
            return dialer.connect(target.host(), target.port(), timeout);
        } catch (TransportException e) {
            Reason reason = e.failure() == TransportFailure.TIMEOUT ? Reason.TIMEOUT : Reason.UNREACHABLE;
            throw new PeerListException(reason, "no connection to " + target.authority() + ": " + e.getMessage(), e);
        }
    }

    /** Closes the socket under the exchange when its time is over, which no dribble of bytes puts off. */
    private List<SignedPeerRecord> exchange(ListUrl target, Socket socket, Duration left) {
        AtomicBoolean late = new AtomicBoolean(left.isNegative() || left.isZero());
        Cancellable alarm = runtime.loop().schedule(left.isNegative() ? Duration.ZERO : left, () -> {
            late.set(true);
            closeQuietly(socket);
        });
        try {
            // In case the loop closes meanwhile, and the alarm with it.
            socket.setSoTimeout((int) Math.max(1, Math.min(left.toMillis(), Integer.MAX_VALUE)));
            return exchange(target, target.https() ? secured(target, socket) : socket);
        } catch (PeerListException e) {
            throw late.get() ? timedOut(target, e) : e;
        } catch (SocketTimeoutException e) {
            throw timedOut(target, e);
        } catch (SSLException e) {
            throw late.get()
                    ? timedOut(target, e)
                    : new PeerListException(
                            Reason.UNREACHABLE,
                            "no secure connection to " + target.authority()
                                    + ": its certificate does not prove its name",
                            e);
        } catch (IOException e) {
            throw late.get()
                    ? timedOut(target, e)
                    : new PeerListException(
                            Reason.UNREACHABLE, "the connection to " + target.authority() + " broke: try again", e);
        } finally {
            alarm.cancel();
            closeQuietly(socket);
        }
    }

    private Socket secured(ListUrl target, Socket socket) throws IOException {
        SSLSocket secured = (SSLSocket) tls.get().createSocket(socket, target.host(), target.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(target.isLiteral() ? List.of() : List.of(new SNIHostName(target.host())));
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static List<SignedPeerRecord> exchange(ListUrl target, Socket socket) throws IOException {
        String request = "GET " + target.path() + " HTTP/1.1\r\nHost: " + target.authority() + "\r\nAccept: " + ACCEPT
                + "\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        HttpResponse response = HttpResponse.read(new BufferedInputStream(socket.getInputStream()));
        requireOk(target, response.status());
        String coding = response.field("content-encoding");
        if (!coding.isEmpty() && !coding.equalsIgnoreCase("identity")) {
            throw new PeerListException(Reason.MALFORMED, "the answer is compressed, which was not asked for");
        }
        return decode(response.field("content-type"), response);
    }

    private static void requireOk(ListUrl target, int status) {
        if (status == 200) {
            return;
        }
        String advice = status / 100 == 3 ? "redirects are not followed, give the final URL" : "check the URL";
        throw new PeerListException(
                Reason.HTTP_STATUS, target.authority() + " answered with status " + status + ": " + advice);
    }

    private static List<SignedPeerRecord> decode(String contentType, HttpResponse response) throws IOException {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals(Accept.JSON) && !type.equals(Accept.PROTOBUF)) {
            throw new PeerListException(
                    Reason.MALFORMED,
                    "the answer is neither " + Accept.JSON + " nor " + Accept.PROTOBUF + ": check the URL");
        }
        byte[] body = response.body(PeerListCodec.MAX_BYTES);
        try {
            return type.equals(Accept.JSON) ? PeerListJson.decode(body) : PeerListCodec.decode(body);
        } catch (MalformedException e) {
            throw new PeerListException(Reason.MALFORMED, "the answer is not a peer list: " + e.getMessage(), e);
        }
    }

    private static PeerListException timedOut(ListUrl target, Exception cause) {
        return new PeerListException(
                Reason.TIMEOUT, target.authority() + " did not answer in time: try again or allow more", cause);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more, closed or not.
        }
    }
}
