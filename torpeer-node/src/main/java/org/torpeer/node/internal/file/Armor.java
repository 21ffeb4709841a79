package org.torpeer.node.internal.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.torpeer.api.InvalidInputException;

/**
 * Bytes as text that survives paper, mail and a clipboard: between two lines that name the kind, base64 of the content
 * followed by its SHA-256.
 */
public final class Armor {
    /** Longest file. */
    public static final int MAX_BYTES = 8192;

    private static final int LINE = 64;
    private static final byte[] LINE_FEED = {'\n'};

    private Armor() {}

    /**
     * Writes a file that was not there before.
     *
     * @param kind capital letters, such as {@code IDENTITY BACKUP}
     * @throws InvalidInputException if there is such a file already
     * @throws IOException if it cannot be written
     */
    public static void create(Path path, String kind, byte[] content) throws IOException {
        if (Files.exists(path)) {
            throw new InvalidInputException(path + " exists already; it is kept: name another file");
        }
        byte[] text = encode(kind, content);
        try {
            WholeFile.write(path, text);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    /**
     * @throws InvalidInputException if the file is of another kind, or not as it was written
     * @throws IOException if it cannot be read
     */
    public static byte[] read(Path path, String kind) throws IOException {
        byte[] text = WholeFile.read(path, MAX_BYTES);
        try {
            return decode(kind, text);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(path + " " + e.getMessage(), e);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    static byte[] encode(String kind, byte[] content) {
        byte[] checked = Checksum.append(content);
        byte[] body = Base64.getMimeEncoder(LINE, LINE_FEED).encode(checked);
        Arrays.fill(checked, (byte) 0);
        byte[] begin = ascii(begin(kind) + "\n");
        byte[] end = ascii("\n" + end(kind) + "\n");
        byte[] text = new byte[begin.length + body.length + end.length];
        System.arraycopy(begin, 0, text, 0, begin.length);
        System.arraycopy(body, 0, text, begin.length, body.length);
        System.arraycopy(end, 0, text, begin.length + body.length, end.length);
        Arrays.fill(body, (byte) 0);
        return text;
    }

    static byte[] decode(String kind, byte[] text) {
        byte[] dense = withoutWhitespace(text);
        byte[] begin = withoutWhitespace(ascii(begin(kind)));
        byte[] end = withoutWhitespace(ascii(end(kind)));
        int bodyEnd = dense.length - end.length;
        boolean framed = bodyEnd >= begin.length
                && Arrays.equals(dense, 0, begin.length, begin, 0, begin.length)
                && Arrays.equals(dense, bodyEnd, dense.length, end, 0, end.length);
        if (!framed) {
            Arrays.fill(dense, (byte) 0);
            throw new InvalidInputException("does not hold a whole TorPeer " + kind + " and nothing else");
        }
        byte[] body = Arrays.copyOfRange(dense, begin.length, bodyEnd);
        Arrays.fill(dense, (byte) 0);
        try {
            byte[] content = Base64.getDecoder().decode(body);
            // Of several ways to write the last character, one is ours.
            if (!Arrays.equals(Base64.getEncoder().encode(content), body)) {
                throw damaged();
            }
            return checked(content);
        } catch (IllegalArgumentException e) {
            throw damaged();
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    private static byte[] checked(byte[] content) {
        try {
            if (!Checksum.holds(content)) {
                throw damaged();
            }
            return Arrays.copyOf(content, content.length - Checksum.BYTES);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static InvalidInputException damaged() {
        return new InvalidInputException("is damaged: its checksum is wrong");
    }

    private static byte[] withoutWhitespace(byte[] text) {
        byte[] dense = new byte[text.length];
        int length = 0;
        for (byte b : text) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                dense[length++] = b;
            }
        }
        byte[] cut = Arrays.copyOf(dense, length);
        Arrays.fill(dense, (byte) 0);
        return cut;
    }

    private static String begin(String kind) {
        return "-----BEGIN TORPEER " + kind + "-----";
    }

    private static String end(String kind) {
        return "-----END TORPEER " + kind + "-----";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
