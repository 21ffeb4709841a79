package org.torpeer.cli.pow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.PeerId;
import org.torpeer.api.Proof;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.cli.json.Json;
import org.torpeer.node.internal.file.Trouble;
import org.torpeer.proto.ProofPrefix;

/**
 * A proof of work with all it is bound to, as a file of JSON: {@code schema}, {@code network} (its name), {@code key} (64
 * hexadecimal digits), {@code algorithm}, {@code parameters}, {@code epoch}, {@code bits} and {@code nonce} (16
 * hexadecimal digits).
 */
public record ProofFile(NetworkId network, PeerId key, Proof proof) {
    private static final String SCHEMA = "torpeer.proof/1";
    private static final List<String> FIELDS =
            List.of("schema", "network", "key", "algorithm", "parameters", "epoch", "bits", "nonce");
    private static final int MAX_BYTES = 4096;
    private static final int MAX_BITS = 255;
    private static final long MAX_EPOCH = 0xffff_ffffL;
    private static final int NONCE_DIGITS = 16;

    /**
     * @throws InvalidInputException if the file cannot be read, or is anything else
     */
    public static ProofFile read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new InvalidInputException("it is longer than " + MAX_BYTES + " bytes");
            }
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(file + " holds no proof: it is not text in UTF-8", e);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + file + ": " + Trouble.of(e), e);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(file + " holds no proof: " + e.getMessage(), e);
        }
    }

    /** The file's content. */
    public String text() {
        return Json.line(Json.of(
                        "schema", SCHEMA,
                        "network", network.name(),
                        "key", HexFormat.of().formatHex(key.toBytes()),
                        "algorithm", proof.algorithm(),
                        "parameters", proof.parameters(),
                        "epoch", Integer.toUnsignedLong(proof.epoch()),
                        "bits", proof.bits(),
                        "nonce", HexFormat.of().toHexDigits(proof.nonce())))
                + "\n";
    }

    /**
     * How many bits the proof really has; -1 if the nonce misses the algorithm's gate.
     *
     * @throws org.torpeer.api.lookup.ProviderNotFoundException if there is no such algorithm
     * @throws InvalidInputException if the algorithm refuses the parameters
     */
    public int score() {
        PowAlgorithm algorithm = Providers.powAlgorithms().require(proof.algorithm());
        byte[] prefix = ProofPrefix.of(network, key, proof.algorithm(), proof.parameters(), proof.epoch());
        return algorithm.newKernel(proof.parameters()).score(prefix, proof.nonce());
    }

    private static ProofFile parse(String text) {
        Map<String, Object> fields = Json.object(text);
        for (String name : fields.keySet()) {
            if (!FIELDS.contains(name)) {
                throw new InvalidInputException("there is no field '" + name + "'");
            }
        }
        if (!SCHEMA.equals(fields.get("schema"))) {
            throw new InvalidInputException("its schema is not " + SCHEMA);
        }
        return new ProofFile(
                NetworkId.of(string(fields, "network")),
                PeerId.of(hexadecimal(fields, "key", 2 * PeerId.BYTES)),
                new Proof(
                        string(fields, "algorithm"),
                        string(fields, "parameters"),
                        (int) number(fields, "bits", MAX_BITS),
                        ByteBuffer.wrap(hexadecimal(fields, "nonce", NONCE_DIGITS))
                                .getLong(),
                        (int) number(fields, "epoch", MAX_EPOCH)));
    }

    private static String string(Map<String, Object> fields, String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw new InvalidInputException("its '" + name + "' is not a string");
    }

    private static byte[] hexadecimal(Map<String, Object> fields, String name, int digits) {
        String text = string(fields, name);
        if (!text.matches("[0-9a-f]{" + digits + "}")) {
            throw new InvalidInputException("its '" + name + "' is not " + digits + " hexadecimal digits");
        }
        return HexFormat.of().parseHex(text);
    }

    private static long number(Map<String, Object> fields, String name, long most) {
        if (fields.get(name) instanceof Long number && number >= 0 && number <= most) {
            return number;
        }
        throw new InvalidInputException("its '" + name + "' is not a whole number from 0 to " + most);
    }
}
