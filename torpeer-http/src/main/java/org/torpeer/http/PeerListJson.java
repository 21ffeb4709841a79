package org.torpeer.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.proto.Malformation;
import org.torpeer.proto.MalformedException;
import org.torpeer.proto.PeerListCodec;
import org.torpeer.proto.RecordCodec;

/**
 * The proto3 JSON form of a peer list, in UTF-8:
 * {@code {"records":[{"payload":"<base64>","signature":"<base64>"}]}}. There is no number in it, since numbers are where
 * JSON parsers can be made to work for seconds. Stateless.
 */
public final class PeerListJson {
    /** A list, its array and a record. */
    private static final int MAX_DEPTH = 3;
    /** More than the base64 form of the longest record. */
    private static final int MAX_STRING = 1024;

    private static final int MAX_NAME = 16;

    /** Symbol tables that strangers could fill are turned off. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(1)
                    .maxDocumentLength(PeerListCodec.MAX_BYTES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private PeerListJson() {}

    /**
     * @throws InvalidInputException if there are more than {@link PeerListCodec#MAX_RECORDS}
     */
    public static byte[] encode(List<SignedPeerRecord> records) {
        if (records.size() > PeerListCodec.MAX_RECORDS) {
            throw tooMany();
        }
        Base64.Encoder base64 = Base64.getEncoder();
        StringBuilder json = new StringBuilder("{\"records\":[");
        String separator = "";
        for (SignedPeerRecord record : records) {
            json.append(separator)
                    .append("{\"payload\":\"")
                    .append(base64.encodeToString(record.payload()))
                    .append("\",\"signature\":\"")
                    .append(base64.encodeToString(record.signature()))
                    .append("\"}");
            separator = ",";
        }
        return json.append("]}").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Decodes a list; each record is checked as {@link RecordCodec#decode} does. Fields may come in any order, and
     * {@code records} may be left out when there are none. Refused are unknown and repeated fields, null, numbers, base64
     * other than the standard alphabet with padding, and anything after the list.
     *
     * @throws MalformedException if the bytes are longer than {@link PeerListCodec#MAX_BYTES}, name more than
     *     {@link PeerListCodec#MAX_RECORDS} records, or are not one well-formed list
     */
    public static List<SignedPeerRecord> decode(byte[] json) {
        if (json.length > PeerListCodec.MAX_BYTES) {
            throw new MalformedException(
                    Malformation.TOO_LONG,
                    json.length + " bytes of JSON where at most " + PeerListCodec.MAX_BYTES + " are allowed");
        }
        try (JsonParser parser = JSON.createParser(text(json))) {
            return readList(parser);
        } catch (CharacterCodingException e) {
            throw new MalformedException(Malformation.GARBAGE, "JSON that is not UTF-8", e);
        } catch (StreamConstraintsException e) {
            throw new MalformedException(
                    Malformation.TOO_LONG, "JSON with a longer text, or nested deeper, than a peer list has", e);
        } catch (IOException e) {
            throw new MalformedException(Malformation.GARBAGE, "JSON that is malformed or repeats a field", e);
        }
    }

    private static String text(byte[] json) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    }

    private static List<SignedPeerRecord> readList(JsonParser parser) throws IOException {
        expect(parser.nextToken(), JsonToken.START_OBJECT, "a peer list");
        List<SignedPeerRecord> records = List.of();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            if (!parser.currentName().equals("records")) {
                throw unknownField();
            }
            records = readRecords(parser);
        }
        if (parser.nextToken() != null) {
            throw new MalformedException(Malformation.GARBAGE, "something follows the JSON of a peer list");
        }
        return records;
    }

    private static List<SignedPeerRecord> readRecords(JsonParser parser) throws IOException {
        expect(parser.nextToken(), JsonToken.START_ARRAY, "records");
        List<SignedPeerRecord> records = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            expect(token, JsonToken.START_OBJECT, "a record");
            if (records.size() == PeerListCodec.MAX_RECORDS) {
                throw tooMany();
            }
            records.add(readRecord(parser));
        }
        return List.copyOf(records);
    }

    private static SignedPeerRecord readRecord(JsonParser parser) throws IOException {
        byte[] payload = null;
        byte[] signature = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            switch (parser.currentName()) {
                case "payload" -> payload = readBytes(parser);
                case "signature" -> signature = readBytes(parser);
                default -> throw unknownField();
            }
        }
        if (payload == null || signature == null) {
            throw new MalformedException(Malformation.BAD_FIELD, "a record has a payload and a signature");
        }
        return RecordCodec.decode(wrapper(payload, signature));
    }

    private static byte[] readBytes(JsonParser parser) throws IOException {
        expect(parser.nextToken(), JsonToken.VALUE_STRING, "a payload or signature");
        String text = parser.getText();
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedException(Malformation.BAD_FIELD, "a payload or signature that is not base64", e);
        }
        throw new MalformedException(Malformation.BAD_FIELD, "base64 without its padding, or with spare bits set");
    }

    /** The protobuf message SignedPeerRecord: two fields of bytes, numbered 1 and 2. */
    private static byte[] wrapper(byte[] payload, byte[] signature) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writeField(out, 1, payload);
        writeField(out, 2, signature);
        return out.toByteArray();
    }

    private static void writeField(ByteArrayOutputStream out, int number, byte[] value) {
        if (value.length == 0) {
            return;
        }
        out.write(number << 3 | 2);
        int length = value.length;
        while (length > 0x7f) {
            out.write((length & 0x7f) | 0x80);
            length >>>= 7;
        }
        out.write(length);
        out.writeBytes(value);
    }

    private static void expect(@Nullable JsonToken token, JsonToken wanted, String what) {
        if (token == wanted) {
            return;
        }
        String form = switch (wanted) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            default -> "a string";
        };
        throw new MalformedException(Malformation.BAD_FIELD, what + " is " + form + " in JSON");
    }

    private static MalformedException unknownField() {
        return new MalformedException(Malformation.GARBAGE, "a field that a peer list's JSON does not have");
    }

    private static MalformedException tooMany() {
        return new MalformedException(
                Malformation.TOO_LONG, "a peer list has at most " + PeerListCodec.MAX_RECORDS + " records");
    }
}
