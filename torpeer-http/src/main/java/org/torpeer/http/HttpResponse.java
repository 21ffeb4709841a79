package org.torpeer.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.torpeer.http.PeerListException.Reason;

/**
 * A response of HTTP/1.1, read as strictly as RFC 9112 allows: lines end with CR LF, nothing is folded, and what frames the
 * body is said once and in one way.
 */
final class HttpResponse {
    /** Longest status line and header fields together, in bytes. */
    static final int MAX_HEAD_BYTES = 8 * 1024;
    /** Most bytes of chunk sizes, extensions and trailers, all together. */
    static final int MAX_CHUNK_OVERHEAD_BYTES = 64 * 1024;

    private static final int MAX_CHUNK_LINE_BYTES = 128;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,7})[ \t]*(?:;.*)?");
    private static final Set<String> SINGLE =
            Set.of("content-length", "transfer-encoding", "content-type", "content-encoding");

    private final InputStream in;
    private final int status;
    private final Map<String, String> fields;

    private HttpResponse(InputStream in, int status, Map<String, String> fields) {
        this.in = in;
        this.status = status;
        this.fields = fields;
    }

    /**
     * Reads status line and header.
     *
     * @param in buffered; the body is read from it later
     * @throws PeerListException MALFORMED or TOO_LARGE
     */
    static HttpResponse read(InputStream in) throws IOException {
        String[] lines = readHead(in).split("\r\n", -1);
        Matcher statusLine = STATUS_LINE.matcher(lines[0]);
        if (!statusLine.matches()) {
            throw malformed("the answer does not begin as HTTP/1.1 does: is this a web server?");
        }
        Map<String, String> fields = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            addField(fields, lines[i]);
        }
        return new HttpResponse(in, Integer.parseInt(statusLine.group(1)), fields);
    }

    int status() {
        return status;
    }

    /** The value of a field, empty if there is none. */
    String field(String lowerCaseName) {
        return fields.getOrDefault(lowerCaseName, "");
    }

    /**
     * Reads the body.
     *
     * @throws PeerListException TOO_LARGE as soon as it is known to be longer, MALFORMED if its framing is wrong or it
     *     ends early
     */
    byte[] body(int maxBytes) throws IOException {
        String coding = fields.get("transfer-encoding");
        String length = fields.get("content-length");
        if (coding != null && length != null) {
            throw malformed("the answer has both a Content-Length and a Transfer-Encoding");
        }
        if (coding != null) {
            return chunks(coding, maxBytes);
        }
        return length == null ? untilEnd(maxBytes) : exactly(length, maxBytes);
    }

    private byte[] exactly(String length, int maxBytes) throws IOException {
        if (length.isEmpty() || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw malformed("the answer's Content-Length is not a number");
        }
        if (!LENGTH.matcher(length).matches() || Integer.parseInt(length) > maxBytes) {
            throw tooLarge(maxBytes);
        }
        return exactly(Integer.parseInt(length));
    }

    private byte[] exactly(int length) throws IOException {
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw malformed("the answer ended after " + body.length + " of " + length + " bytes: try again");
        }
        return body;
    }

    private byte[] untilEnd(int maxBytes) throws IOException {
        byte[] body = in.readNBytes(maxBytes + 1);
        if (body.length > maxBytes) {
            throw tooLarge(maxBytes);
        }
        return body;
    }

    private byte[] chunks(String coding, int maxBytes) throws IOException {
        if (!coding.equalsIgnoreCase("chunked")) {
            throw malformed("the answer has a Transfer-Encoding other than chunked");
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Overhead overhead = new Overhead();
        for (int size = chunkSize(overhead); size > 0; size = chunkSize(overhead)) {
            if (size > maxBytes - body.size()) {
                throw tooLarge(maxBytes);
            }
            body.writeBytes(exactly(size));
            if (!overhead.line(in).isEmpty()) {
                throw malformed("a chunk of the answer is longer than it says");
            }
        }
        while (!overhead.line(in).isEmpty()) {
            // Trailer fields say nothing we would believe.
        }
        return body.toByteArray();
    }

    private int chunkSize(Overhead overhead) throws IOException {
        Matcher chunk = CHUNK.matcher(overhead.line(in));
        if (!chunk.matches()) {
            throw malformed("a chunk of the answer has no valid size");
        }
        return Integer.parseInt(chunk.group(1), 16);
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (true) {
            String line = readLine(in, MAX_HEAD_BYTES - head.length());
            if (line.isEmpty()) {
                return head.isEmpty() ? "" : head.substring(0, head.length() - 2);
            }
            head.append(line).append("\r\n");
        }
    }

    /** A line without its CR LF. */
    private static String readLine(InputStream in, int maxBytes) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next == -1) {
                throw malformed("the answer ended within its header or between chunks: try again");
            }
            if (line.length() >= maxBytes) {
                throw new PeerListException(Reason.TOO_LARGE, "the answer's header or a chunk's line is too long");
            }
            if ((next < ' ' && next != '\t') || next == 0x7f) {
                throw malformed("the answer's header has a control character");
            }
            line.append((char) next);
        }
        if (in.read() != '\n') {
            throw malformed("a line of the answer's header does not end with CR LF");
        }
        return line.toString();
    }

    private static void addField(Map<String, String> fields, String line) {
        int colon = line.indexOf(':');
        if (colon < 0 || !NAME.matcher(line.substring(0, colon)).matches()) {
            throw malformed("the answer has a header field without a valid name");
        }
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        String before = fields.putIfAbsent(name, line.substring(colon + 1).trim());
        if (before != null && SINGLE.contains(name)) {
            throw malformed("the answer says its " + name + " twice");
        }
    }

    private static PeerListException malformed(String message) {
        return new PeerListException(Reason.MALFORMED, message);
    }

    private static PeerListException tooLarge(int maxBytes) {
        return new PeerListException(Reason.TOO_LARGE, "the answer is longer than " + maxBytes + " bytes");
    }

    /** Counts what chunks cost beside their content, so that tiny ones cannot be endless. */
    private static final class Overhead {
        private int bytes;

        String line(InputStream in) throws IOException {
            String line = readLine(in, MAX_CHUNK_LINE_BYTES);
            bytes += line.length() + 2;
            if (bytes > MAX_CHUNK_OVERHEAD_BYTES) {
                throw new PeerListException(Reason.TOO_LARGE, "the answer comes in too many, too small chunks");
            }
            return line;
        }
    }
}
