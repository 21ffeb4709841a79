package org.torpeer.proto;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.torpeer.api.Attributes;
import org.torpeer.api.Endpoint;
import org.torpeer.api.NetworkPolicy;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.Proof;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.Role;
import org.torpeer.api.Successor;

/** A JSON object of a file of test vectors. Bytes are hexadecimal, 64-bit numbers are decimal text. */
public record Vectors(Map<String, Object> fields) {
    /** The file as one object; a file that is a list is its member {@code list}. */
    public static Vectors file(String name) {
        try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + name));
                JsonParser parser = new JsonFactory().createParser(in)) {
            parser.nextToken();
            Object value = value(parser);
            return value instanceof Vectors object ? object : new Vectors(Map.of("list", value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_STRING -> parser.getText();
            default -> throw new IllegalStateException("vectors hold objects, lists, integers and text");
        };
    }

    private static Vectors object(JsonParser parser) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return new Vectors(fields);
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }

    public List<Vectors> list(String name) {
        return items(name).stream().map(Vectors.class::cast).toList();
    }

    public List<String> texts(String name) {
        return items(name).stream().map(String.class::cast).toList();
    }

    public List<Integer> integers(String name) {
        return items(name).stream().map(item -> ((Long) item).intValue()).toList();
    }

    public Vectors object(String name) {
        return (Vectors) field(name);
    }

    public String text(String name) {
        return (String) field(name);
    }

    public byte[] hex(String name) {
        return HexFormat.of().parseHex(text(name));
    }

    public long number(String name) {
        return (Long) field(name);
    }

    public int integer(String name) {
        return (int) number(name);
    }

    public long u64(String name) {
        return Long.parseUnsignedLong(text(name));
    }

    public Malformation reason() {
        return Malformation.valueOf(text("reason"));
    }

    /** The content of a record, of the given key. */
    public PeerRecord content(PeerId key) {
        Vectors proof = object("proof");
        return new PeerRecord(
                new Endpoint(key, integer("port")),
                u64("sequence"),
                Instant.ofEpochSecond(number("issued")),
                Duration.ofSeconds(number("lifetime")),
                PeerState.valueOf(text("state")),
                Role.valueOf(text("role")),
                texts("protocols"),
                new Proof(
                        proof.text("algorithm"),
                        proof.text("parameters"),
                        proof.integer("bits"),
                        proof.u64("nonce"),
                        proof.integer("epoch")),
                Attributes.of(hex("attributes")),
                fields.containsKey("successor") ? object("successor").successor() : null);
    }

    private Successor successor() {
        return new Successor(PeerId.of(hex("key")), hex("signature"));
    }

    /** The content of a policy. */
    public NetworkPolicy policy() {
        return new NetworkPolicy(
                u64("serial"),
                list("requirements").stream().map(Vectors::requirement).toList(),
                Instant.ofEpochSecond(number("effective")),
                Duration.ofSeconds(number("grace")),
                list("previous").stream().map(Vectors::requirement).toList());
    }

    private ProofRequirement requirement() {
        return new ProofRequirement(text("algorithm"), text("parameters"), integer("bits"), integer("epoch"));
    }

    private List<?> items(String name) {
        return (List<?>) field(name);
    }

    private Object field(String name) {
        return Objects.requireNonNull(fields.get(name), name);
    }
}
