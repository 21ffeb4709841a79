package org.torpeer.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.NetworkId;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.TorPeerException;
import org.torpeer.proto.PeerListCodec;

/**
 * Serves signed records at {@code GET /torpeer/v1/peers}, as {@link PeerListJson} or, if the Accept header prefers
 * {@code application/x-protobuf}, as {@link PeerListCodec} has it. {@code ?network=NAME} makes sure of the network: for
 * another one the answer is 404. Errors are one line of JSON, {@code {"error":"..."}}.
 *
 * <p>A connection serves one request. At most 64 are served at a time; when one more comes, the one served
 * longest is dropped, so stalled clients do not keep others out. Request bodies are not read.
 *
 * <p>The JDK's server takes its limits from system properties when its classes are first used. Where one is unset, this
 * class sets it: {@code sun.net.httpserver.maxReqTime} to 10 and {@code maxRspTime} to 30 (seconds),
 * {@code idleInterval} to 10 (seconds before the first byte), {@code maxReqHeaders} to 64, {@code maxReqHeaderSize} to
 * 16384 and {@code drainAmount} to 4096 (bytes), {@code nodelay} to true, and {@code jdk.httpserver.maxConnections} to
 * 1024. A program that uses that server itself sets what it prefers before.
 */
public final class PeerListServer implements AutoCloseable {
    /** Where the list is. */
    public static final String PATH = "/torpeer/v1/peers";

    private static final Logger LOG = LoggerFactory.getLogger(PeerListServer.class);
    private static final int PLACES = 64;
    private static final int BACKLOG = 1024;
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "30",
            "sun.net.httpserver.idleInterval", "10",
            "sun.net.httpserver.maxReqHeaders", "64",
            "sun.net.httpserver.maxReqHeaderSize", "16384",
            "sun.net.httpserver.drainAmount", "4096",
            "sun.net.httpserver.nodelay", "true",
            "jdk.httpserver.maxConnections", "1024");

    static {
        LIMITS.forEach((property, value) -> {
            if (System.getProperty(property) == null) {
                System.setProperty(property, value);
            }
        });
    }

    private final HttpServer server;
    private final NetworkId network;
    private final Supplier<List<SignedPeerRecord>> records;

    private PeerListServer(HttpServer server, NetworkId network, Supplier<List<SignedPeerRecord>> records) {
        this.server = server;
        this.network = network;
        this.records = records;
    }

    /**
     * Starts serving. The JDK's dispatching thread is a daemon if the caller is one.
     *
     * @param bind a loopback address where an onion service forwards to it; port 0 takes a free one
     * @param records called for each request on one of {@code threads}; gives verified records only, of which the first
     *     {@link PeerListCodec#MAX_RECORDS} are served
     * @param threads makes a thread for each connection being served
     * @throws TorPeerException if the address cannot be bound
     */
    public static PeerListServer start(
            InetSocketAddress bind,
            NetworkId network,
            Supplier<List<SignedPeerRecord>> records,
            ThreadFactory threads) {
        HttpServer server;
        try {
            server = HttpServer.create(bind, BACKLOG);
        } catch (IOException | UnresolvedAddressException e) {
            throw new TorPeerException("cannot serve peer lists at " + bind + ": choose an address that is free", e);
        }
        PeerListServer started = new PeerListServer(server, network, records);
        server.setExecutor(new FrugalExecutor(threads, PLACES));
        server.createContext("/", started::handle);
        server.start();
        return started;
    }

    /** The address bound, with the port taken. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Stops serving and drops the connections there are. Further calls do nothing. */
    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            Headers headers = exchange.getResponseHeaders();
            headers.set("Connection", "close");
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Vary", "Accept");
            headers.set("Content-Type", answer.type);
            if (answer.status == 405) {
                headers.set("Allow", "GET, HEAD");
            }
            send(exchange, answer);
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(answer.body.length));
            exchange.sendResponseHeaders(answer.status, -1);
            return;
        }
        // To the JDK's server a length of 0 means unknown, and -1 means none.
        exchange.sendResponseHeaders(answer.status, answer.body.length == 0 ? -1 : answer.body.length);
        exchange.getResponseBody().write(answer.body);
        // Closing waits for a body of the request, which may never come.
        exchange.getResponseBody().flush();
    }

    private Answer answer(HttpExchange exchange) {
        if (!PATH.equals(exchange.getRequestURI().getPath())) {
            return Answer.error(404, "nothing is here: peers are at " + PATH);
        }
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Answer.error(405, "peers are read with GET or HEAD");
        }
        if (!isOurs(exchange.getRequestURI().getRawQuery())) {
            return Answer.error(404, "peers of another network are listed here");
        }
        Optional<String> type = Accept.choose(exchange.getRequestHeaders().getOrDefault("Accept", List.of()));
        if (type.isEmpty()) {
            return Answer.error(406, "peers come as " + Accept.JSON + " or " + Accept.PROTOBUF);
        }
        return list(type.get());
    }

    private Answer list(String type) {
        List<SignedPeerRecord> list;
        try {
            list = records.get();
        } catch (RuntimeException e) {
            LOG.warn("no records for a peer list", e);
            return Answer.error(500, "the list cannot be had now: try again later");
        }
        list = list.subList(0, Math.min(list.size(), PeerListCodec.MAX_RECORDS));
        return new Answer(200, type, type.equals(Accept.JSON) ? PeerListJson.encode(list) : PeerListCodec.encode(list));
    }

    /** Whether every network the query names is ours; parameters of other names are nobody's concern. */
    private boolean isOurs(@Nullable String query) {
        if (query == null) {
            return true;
        }
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith("network=")
                    && !network.name()
                            .equals(URLDecoder.decode(
                                    parameter.substring("network=".length()), StandardCharsets.UTF_8))) {
                return false;
            }
        }
        return true;
    }

    private record Answer(int status, String type, byte[] body) {
        static Answer error(int status, String message) {
            String line = "{\"error\":\"" + message + "\"}\n";
            return new Answer(status, Accept.JSON, line.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
