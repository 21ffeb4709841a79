package org.torpeer.proto;

import java.util.Arrays;
import java.util.List;
import org.torpeer.api.Node;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.SignedNetworkPolicy;
import org.torpeer.api.SignedPeerRecord;

/**
 * What the two ends of a session say to each other. Values; their constructors throw {@link MalformedException} BAD_FIELD
 * if a component is not as described. Bodies are not copied: whoever has a frame does not change its body.
 */
public sealed interface Frame {
    /** Most records in one {@link Peers}. */
    int MAX_RECORDS = 128;

    /**
     * Asks for peers.
     *
     * @param id repeated in the answer; unsigned
     * @param limit most records wanted, 1 to {@link #MAX_RECORDS}
     * @param offlineToo whether peers are wanted that were not reached the last time
     */
    record GetPeers(int id, int limit, boolean offlineToo) implements Frame {
        public GetPeers {
            Fields.range("the number of records asked for", limit, 1, MAX_RECORDS);
        }

        /** Asks for those that are not known to be offline. */
        public GetPeers(int id, int limit) {
            this(id, limit, false);
        }
    }

    /**
     * Answers {@link GetPeers}.
     *
     * @param id that of the question
     * @param records at most {@link #MAX_RECORDS}; see {@link FrameCodec#fitting}
     */
    record Peers(int id, List<SignedPeerRecord> records) implements Frame {
        public Peers {
            records = List.copyOf(records);
            Fields.range("the number of records in a frame", records.size(), 0, MAX_RECORDS);
        }
    }

    /** The sender's own new record, or one that it has checked. */
    record Announce(SignedPeerRecord record) implements Frame {}

    /**
     * Asks for a {@link Pong}.
     *
     * @param token repeated in the answer
     */
    record Ping(long token) implements Frame {}

    /**
     * Answers {@link Ping}.
     *
     * @param token that of the question
     */
    record Pong(long token) implements Frame {}

    /**
     * A request of the application.
     *
     * @param id repeated in the answer; unsigned
     * @param protocol 1 to 32 characters of printable ASCII
     * @param body at most {@link Node#MAX_BODY_BYTES}
     */
    record Request(long id, String protocol, byte[] body) implements Frame {
        public Request {
            Fields.printable("a protocol's name", protocol, 1, PeerRecord.MAX_PROTOCOL_BYTES);
            Fields.range("the length of a body", body.length, 0, Node.MAX_BODY_BYTES);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Request that
                    && id == that.id
                    && protocol.equals(that.protocol)
                    && Arrays.equals(body, that.body);
        }

        @Override
        public int hashCode() {
            return 31 * Long.hashCode(id) + Arrays.hashCode(body);
        }

        @Override
        public String toString() {
            return "Request[id=" + Long.toUnsignedString(id) + ", protocol=" + protocol + ", " + body.length
                    + " bytes]";
        }
    }

    /**
     * Answers {@link Request}.
     *
     * @param id that of the request
     * @param body at most {@link Node#MAX_BODY_BYTES}; empty unless {@code status} is {@link Status#OK}
     */
    record Response(long id, Status status, byte[] body) implements Frame {
        public Response {
            Fields.range("the length of a body", body.length, 0, status == Status.OK ? Node.MAX_BODY_BYTES : 0);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Response that
                    && id == that.id
                    && status == that.status
                    && Arrays.equals(body, that.body);
        }

        @Override
        public int hashCode() {
            return 31 * Long.hashCode(id) + Arrays.hashCode(body);
        }

        @Override
        public String toString() {
            return "Response[id=" + Long.toUnsignedString(id) + ", status=" + status + ", " + body.length + " bytes]";
        }
    }

    /** The sender ends the session. */
    record GoAway(Reason reason) implements Frame {}

    /** The newest policy of the network that the sender has. */
    record Policy(SignedNetworkPolicy policy) implements Frame {}

    /**
     * A frame of a type that version 1 does not define but may be skipped; never sent.
     *
     * @param type 1 to 127
     */
    record Unknown(int type) implements Frame {
        public Unknown {
            Fields.range("a type that may be skipped", type, 1, 127);
        }
    }

    /** How a request went. */
    enum Status {
        OK,
        NO_SUCH_PROTOCOL,
        HANDLER_FAILED,
        BUSY,
        /** The answer is longer than allowed. */
        TOO_LARGE
    }

    /** Why a session ends. */
    enum Reason {
        /** The sender goes away in an orderly manner. */
        LEAVING,
        /** Another session between the two is kept. */
        DUPLICATE,
        PROTOCOL_ERROR,
        /** Nothing to say for too long. */
        IDLE,
        /** The sender needs the room. */
        BUSY
    }
}
