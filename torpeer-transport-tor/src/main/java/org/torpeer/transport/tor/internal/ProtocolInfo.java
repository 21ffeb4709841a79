package org.torpeer.transport.tor.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tor says of itself before authentication. Format: Tor control protocol, section 3.21.
 *
 * @param methods the ways to authenticate it accepts
 * @param cookieFile where its cookie is; empty if it names none
 */
record ProtocolInfo(Set<String> methods, String cookieFile) {
    private static final Pattern AUTH =
            Pattern.compile("AUTH METHODS=([A-Z0-9,_]+)(?: COOKIEFILE=\"((?:[^\"\\\\]|\\\\.)*+)\")?.*");

    static ProtocolInfo parse(List<String> lines) throws IOException {
        for (String line : lines) {
            Matcher auth = AUTH.matcher(line);
            if (auth.matches()) {
                String file = auth.group(2) == null ? "" : unescape(auth.group(2));
                return new ProtocolInfo(Set.of(auth.group(1).split(",", -1)), file);
            }
        }
        throw new IOException("tor does not say how to authenticate");
    }

    /** Undoes C escapes; what is above ASCII is escaped as octal bytes of UTF-8. */
    private static String unescape(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Matcher piece =
                Pattern.compile("\\\\([0-7]{1,3})|\\\\(.)|(.)", Pattern.DOTALL).matcher(text);
        while (piece.find()) {
            if (piece.group(1) != null) {
                out.write(Integer.parseInt(piece.group(1), 8));
            } else if (piece.group(2) != null) {
                out.write(escaped(piece.group(2).charAt(0)));
            } else {
                out.write(piece.group(3).charAt(0));
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static char escaped(char letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> letter;
        };
    }
}
