package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.Node;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.RequestHandler;
import org.torpeer.api.Role;
import org.torpeer.proto.Frame;

/** The application's handlers by protocol. Safe for several threads. */
@Singleton
final class RequestHandlers {
    private static final Logger LOG = LoggerFactory.getLogger(RequestHandlers.class);
    private static final byte[] NOTHING = {};
    /** What surely fits a record. */
    private static final int MAX_NAMES_BYTES = 192;

    private final Role role;
    private final Map<String, RequestHandler> byProtocol = new ConcurrentSkipListMap<>();

    @Inject
    RequestHandlers(NodePlan plan) {
        this.role = plan.role();
        plan.handlers().forEach(this::add);
    }

    /** As {@link Node#handle}. */
    synchronized void add(String protocol, RequestHandler handler) {
        if (role == Role.ROUTER) {
            throw new InvalidInputException("a router carries no application traffic: make this node a participant");
        }
        checkName(protocol);
        if (!byProtocol.containsKey(protocol) && byProtocol.size() >= PeerRecord.MAX_PROTOCOLS) {
            throw new InvalidInputException("a node answers at most 16 protocols");
        }
        int bytes = byProtocol.keySet().stream().mapToInt(String::length).sum();
        if (!byProtocol.containsKey(protocol) && bytes + protocol.length() > MAX_NAMES_BYTES) {
            throw new InvalidInputException("the names of a node's protocols have at most " + MAX_NAMES_BYTES
                    + " characters together: take shorter ones");
        }
        byProtocol.put(protocol, handler);
    }

    List<String> protocols() {
        return List.copyOf(byProtocol.keySet());
    }

    /** Answers, always: a failure of a handler is an answer too. */
    CompletionStage<Frame.Response> answer(PeerId from, Frame.Request request) {
        RequestHandler handler = byProtocol.get(request.protocol());
        if (handler == null) {
            return CompletableFuture.completedStage(response(request, Frame.Status.NO_SUCH_PROTOCOL, NOTHING));
        }
        try {
            return handler.answer(from, request.body())
                    .handle((body, failure) -> failure == null ? answered(request, body) : failed(request, failure));
        } catch (RuntimeException | Error e) {
            return CompletableFuture.completedStage(failed(request, e));
        }
    }

    static void checkName(String protocol) {
        boolean printable = protocol.chars().allMatch(c -> c > ' ' && c < 127);
        if (protocol.isEmpty() || protocol.length() > PeerRecord.MAX_PROTOCOL_BYTES || !printable) {
            throw new InvalidInputException("a protocol's name has 1 to 32 characters of printable ASCII");
        }
    }

    private static Frame.Response answered(Frame.Request request, byte[] body) {
        return body.length > Node.MAX_BODY_BYTES
                ? response(request, Frame.Status.TOO_LARGE, NOTHING)
                : response(request, Frame.Status.OK, body);
    }

    private static Frame.Response failed(Frame.Request request, Throwable failure) {
        LOG.warn("the handler of {} failed", request.protocol(), failure);
        return response(request, Frame.Status.HANDLER_FAILED, NOTHING);
    }

    private static Frame.Response response(Frame.Request request, Frame.Status status, byte[] body) {
        return new Frame.Response(request.id(), status, body);
    }
}
