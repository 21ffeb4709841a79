package org.torpeer.proto;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.proto.internal.wire.Announce;
import org.torpeer.proto.internal.wire.GetPeers;
import org.torpeer.proto.internal.wire.GoAway;
import org.torpeer.proto.internal.wire.GoAwayReason;
import org.torpeer.proto.internal.wire.Peers;
import org.torpeer.proto.internal.wire.Ping;
import org.torpeer.proto.internal.wire.Policy;
import org.torpeer.proto.internal.wire.Pong;
import org.torpeer.proto.internal.wire.Request;
import org.torpeer.proto.internal.wire.Response;
import org.torpeer.proto.internal.wire.ResponseStatus;

/**
 * The frames of a session between values and payloads: one byte for the type, then a protobuf body. Stateless.
 *
 * <p>A type this version does not define is skipped if its high bit is clear, and ends the session if it is set.
 */
public final class FrameCodec {
    /** Longest payload. */
    public static final int MAX_BYTES = FrameReader.AFTER_AUTHENTICATION;

    private static final int GET_PEERS = 1;
    private static final int PEERS = 2;
    private static final int ANNOUNCE = 3;
    private static final int PING = 4;
    private static final int PONG = 5;
    private static final int REQUEST = 6;
    private static final int RESPONSE = 7;
    private static final int GO_AWAY = 8;
    private static final int POLICY = 9;
    private static final int MUST_UNDERSTAND = 0x80;

    /** Type, id, and room to spare. */
    private static final int PEERS_OVERHEAD = 16;

    private static final Wire.Shape PEERS_SHAPE =
            Wire.Shape.of(MAX_BYTES, 2).repeating(Peers.RECORDS_FIELD_NUMBER, Frame.MAX_RECORDS);

    private FrameCodec() {}

    /**
     * @throws InvalidInputException if the payload would be longer than {@link #MAX_BYTES}, or the frame is a
     *     {@link Frame.Unknown}
     */
    public static byte[] encode(Frame frame) {
        if (frame instanceof Frame.GetPeers ask) {
            return payload(
                    GET_PEERS,
                    GetPeers.newBuilder()
                            .setId(ask.id())
                            .setLimit(ask.limit())
                            .setOfflineToo(ask.offlineToo())
                            .build());
        }
        if (frame instanceof Frame.Peers peers) {
            return payload(peers, 0);
        }
        if (frame instanceof Frame.Announce announce) {
            return payload(
                    ANNOUNCE,
                    Announce.newBuilder()
                            .setRecord(RecordCodec.toWire(announce.record()))
                            .build());
        }
        if (frame instanceof Frame.Ping ping) {
            return payload(PING, Ping.newBuilder().setToken(ping.token()).build());
        }
        if (frame instanceof Frame.Pong pong) {
            return payload(PONG, Pong.newBuilder().setToken(pong.token()).build());
        }
        if (frame instanceof Frame.Request request) {
            return payload(
                    REQUEST,
                    Request.newBuilder()
                            .setId(request.id())
                            .setProtocol(request.protocol())
                            .setBody(UnsafeByteOperations.unsafeWrap(request.body()))
                            .build());
        }
        if (frame instanceof Frame.Response response) {
            return payload(
                    RESPONSE,
                    Response.newBuilder()
                            .setId(response.id())
                            .setStatus(statusToWire(response.status()))
                            .setBody(UnsafeByteOperations.unsafeWrap(response.body()))
                            .build());
        }
        if (frame instanceof Frame.GoAway goAway) {
            return payload(
                    GO_AWAY,
                    GoAway.newBuilder().setReason(reasonToWire(goAway.reason())).build());
        }
        if (frame instanceof Frame.Policy policy) {
            return payload(
                    POLICY,
                    Policy.newBuilder()
                            .setPolicy(PolicyCodec.toWire(policy.policy()))
                            .build());
        }
        throw new InvalidInputException("a frame of an unknown type is not sent: " + frame);
    }

    /**
     * The frame as it goes over a connection: its payload, preceded by the payload's length as {@link FrameReader} has it.
     *
     * @throws InvalidInputException as {@link #encode}
     */
    public static byte[] framed(Frame frame) {
        if (frame instanceof Frame.Peers peers) {
            byte[] framed = payload(peers, Integer.BYTES);
            ByteBuffer.wrap(framed).putInt(framed.length - Integer.BYTES);
            return framed;
        }
        return FrameReader.frame(encode(frame));
    }

    /**
     * Decodes one payload. A list of peers with a single malformed record is malformed as a whole: no honest node passes
     * one on.
     *
     * @throws MalformedException if the payload is not one well-formed frame; UNKNOWN_ENUM if its type is not known and
     *     may not be skipped
     */
    public static Frame decode(byte[] payload) {
        return decode(payload, Codec.STANDARD);
    }

    /** As {@link #decode(byte[])}, with records as another codec gives them. */
    public static Frame decode(byte[] payload, Codec codec) {
        if (payload.length == 0) {
            throw new MalformedException(Malformation.GARBAGE, "a frame without a type");
        }
        if (payload.length > MAX_BYTES) {
            throw new MalformedException(Malformation.TOO_LONG, "a frame has at most " + MAX_BYTES + " bytes");
        }
        int type = payload[0] & 0xff;
        return switch (type) {
            case GET_PEERS -> getPeers(body(GetPeers.parser(), payload, Wire.Shape.of(MAX_BYTES, 3)));
            case PEERS -> peers(body(Peers.parser(), payload, PEERS_SHAPE), codec);
            case ANNOUNCE -> announce(body(Announce.parser(), payload, Wire.Shape.of(MAX_BYTES, 1)), codec);
            case PING ->
                new Frame.Ping(body(Ping.parser(), payload, Wire.Shape.of(MAX_BYTES, 1))
                        .getToken());
            case PONG ->
                new Frame.Pong(body(Pong.parser(), payload, Wire.Shape.of(MAX_BYTES, 1))
                        .getToken());
            case REQUEST -> request(body(Request.parser(), payload, Wire.Shape.of(MAX_BYTES, 3)));
            case RESPONSE -> response(body(Response.parser(), payload, Wire.Shape.of(MAX_BYTES, 3)));
            case GO_AWAY ->
                new Frame.GoAway(reasonFromWire(body(GoAway.parser(), payload, Wire.Shape.of(MAX_BYTES, 1))));
            case POLICY -> policy(body(Policy.parser(), payload, Wire.Shape.of(MAX_BYTES, 1)));
            default -> unknown(type);
        };
    }

    /**
     * As many of the first records as fit one {@link Frame.Peers}: at most {@link Frame#MAX_RECORDS}, and with records of
     * the greatest length a few less.
     */
    public static List<SignedPeerRecord> fitting(List<SignedPeerRecord> records) {
        int room = MAX_BYTES - PEERS_OVERHEAD;
        int count = 0;
        while (count < Math.min(records.size(), Frame.MAX_RECORDS)) {
            room -= WireField.length(RecordCodec.encodedLength(records.get(count)));
            if (room < 0) {
                break;
            }
            count++;
        }
        return List.copyOf(records.subList(0, count));
    }

    /** The longest of all frames and a hot path: written without a message of it, after so many bytes left free. */
    private static byte[] payload(Frame.Peers peers, int free) {
        int idLength = peers.id() == 0 ? 0 : CodedOutputStream.computeUInt32Size(Peers.ID_FIELD_NUMBER, peers.id());
        int length = 1 + idLength;
        for (SignedPeerRecord record : peers.records()) {
            length += WireField.length(RecordCodec.encodedLength(record));
        }
        requireShort(length);
        byte[] payload = new byte[free + length];
        ByteBuffer out = ByteBuffer.wrap(payload).position(free).put((byte) PEERS);
        if (peers.id() != 0) {
            WireField.putNumber(Peers.ID_FIELD_NUMBER, peers.id(), out);
        }
        for (SignedPeerRecord record : peers.records()) {
            WireField.putHead(Peers.RECORDS_FIELD_NUMBER, RecordCodec.encodedLength(record), out);
            RecordCodec.put(record, out);
        }
        return payload;
    }

    private static byte[] payload(int type, Message body) {
        int length = 1 + body.getSerializedSize();
        requireShort(length);
        return ByteBuffer.allocate(length)
                .put((byte) type)
                .put(body.toByteArray())
                .array();
    }

    private static void requireShort(int length) {
        if (length > MAX_BYTES) {
            throw new MalformedException(
                    Malformation.TOO_LONG, "a frame has at most " + MAX_BYTES + " bytes, not " + length);
        }
    }

    private static <T extends Message> T body(Parser<T> parser, byte[] payload, Wire.Shape shape) {
        return Wire.parse(parser, Arrays.copyOfRange(payload, 1, payload.length), shape);
    }

    private static Frame getPeers(GetPeers wire) {
        return new Frame.GetPeers(wire.getId(), wire.getLimit(), wire.getOfflineToo());
    }

    private static Frame peers(Peers wire, Codec codec) {
        return new Frame.Peers(
                wire.getId(),
                wire.getRecordsList().stream()
                        .map(record -> RecordCodec.fromWire(record, codec))
                        .toList());
    }

    private static Frame announce(Announce wire, Codec codec) {
        if (!wire.hasRecord()) {
            throw Fields.bad("an announcement has a record");
        }
        return new Frame.Announce(RecordCodec.fromWire(wire.getRecord(), codec));
    }

    private static Frame policy(Policy wire) {
        if (!wire.hasPolicy()) {
            throw Fields.bad("a frame of type 9 has a policy");
        }
        return new Frame.Policy(PolicyCodec.fromWire(wire.getPolicy()));
    }

    private static Frame request(Request wire) {
        return new Frame.Request(wire.getId(), wire.getProtocol(), bytes(wire.getBody()));
    }

    private static Frame response(Response wire) {
        return new Frame.Response(wire.getId(), statusFromWire(wire), bytes(wire.getBody()));
    }

    private static byte[] bytes(ByteString body) {
        return body.toByteArray();
    }

    private static Frame unknown(int type) {
        if (type == 0 || (type & MUST_UNDERSTAND) != 0) {
            throw Fields.unknown("frame type that may not be skipped", type);
        }
        return new Frame.Unknown(type);
    }

    private static ResponseStatus statusToWire(Frame.Status status) {
        return switch (status) {
            case OK -> ResponseStatus.RESPONSE_STATUS_OK;
            case NO_SUCH_PROTOCOL -> ResponseStatus.RESPONSE_STATUS_NO_SUCH_PROTOCOL;
            case HANDLER_FAILED -> ResponseStatus.RESPONSE_STATUS_HANDLER_FAILED;
            case BUSY -> ResponseStatus.RESPONSE_STATUS_BUSY;
            case TOO_LARGE -> ResponseStatus.RESPONSE_STATUS_TOO_LARGE;
        };
    }

    private static Frame.Status statusFromWire(Response wire) {
        return switch (wire.getStatus()) {
            case RESPONSE_STATUS_OK -> Frame.Status.OK;
            case RESPONSE_STATUS_NO_SUCH_PROTOCOL -> Frame.Status.NO_SUCH_PROTOCOL;
            case RESPONSE_STATUS_HANDLER_FAILED -> Frame.Status.HANDLER_FAILED;
            case RESPONSE_STATUS_BUSY -> Frame.Status.BUSY;
            case RESPONSE_STATUS_TOO_LARGE -> Frame.Status.TOO_LARGE;
            case RESPONSE_STATUS_UNSPECIFIED, UNRECOGNIZED -> throw Fields.unknown("status", wire.getStatusValue());
        };
    }

    private static GoAwayReason reasonToWire(Frame.Reason reason) {
        return switch (reason) {
            case LEAVING -> GoAwayReason.GO_AWAY_REASON_LEAVING;
            case DUPLICATE -> GoAwayReason.GO_AWAY_REASON_DUPLICATE;
            case PROTOCOL_ERROR -> GoAwayReason.GO_AWAY_REASON_PROTOCOL_ERROR;
            case IDLE -> GoAwayReason.GO_AWAY_REASON_IDLE;
            case BUSY -> GoAwayReason.GO_AWAY_REASON_BUSY;
        };
    }

    private static Frame.Reason reasonFromWire(GoAway wire) {
        return switch (wire.getReason()) {
            case GO_AWAY_REASON_LEAVING -> Frame.Reason.LEAVING;
            case GO_AWAY_REASON_DUPLICATE -> Frame.Reason.DUPLICATE;
            case GO_AWAY_REASON_PROTOCOL_ERROR -> Frame.Reason.PROTOCOL_ERROR;
            case GO_AWAY_REASON_IDLE -> Frame.Reason.IDLE;
            case GO_AWAY_REASON_BUSY -> Frame.Reason.BUSY;
            case GO_AWAY_REASON_UNSPECIFIED, UNRECOGNIZED -> throw Fields.unknown("reason", wire.getReasonValue());
        };
    }
}
