package org.torpeer.http;

import java.net.URI;
import java.util.Locale;
import javax.net.ssl.SNIHostName;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.OnionAddress;

/**
 * A checked URL.
 *
 * @param host without the brackets of an IPv6 literal, as dialers take it
 * @param path path and query, as they go into the request line
 */
record ListUrl(boolean https, String host, int port, String path) {
    private static final int MAX_CHARACTERS = 2048;

    /**
     * @throws PeerListException BAD_URL
     */
    static ListUrl of(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw bad("a peer list's URL begins with http:// or https://");
        }
        if (url.toASCIIString().length() > MAX_CHARACTERS) {
            throw bad("a URL has at most " + MAX_CHARACTERS + " characters");
        }
        if (url.getRawUserInfo() != null) {
            throw bad("a peer list's URL names no user: remove what is before the @");
        }
        if (url.getHost() == null) {
            throw bad("the URL has no valid host");
        }
        int port = url.getPort();
        if (port == -1) {
            port = scheme.equals("https") ? 443 : 80;
        }
        if (port < 1 || port > 65_535) {
            throw bad("a port is between 1 and 65535, not " + port);
        }
        return new ListUrl(scheme.equals("https"), host(url.getHost()), port, path(url));
    }

    /** Whether the name belongs to Tor; such names are never asked of a resolver. */
    static boolean isOnion(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.endsWith(".onion") || name.endsWith(".onion.");
    }

    boolean isOnion() {
        return isOnion(host);
    }

    /** An IP address, for which TLS has no server name. */
    boolean isLiteral() {
        return host.contains(":") || host.matches("[0-9.]+");
    }

    /** The value of the Host header. */
    String authority() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == (https ? 443 : 80) ? name : name + ":" + port;
    }

    private static String host(String host) {
        if (host.startsWith("[")) {
            return host.substring(1, host.length() - 1);
        }
        String name = host.toLowerCase(Locale.ROOT);
        try {
            if (isOnion(name)) {
                return OnionAddress.parse(name).toString();
            }
            return new SNIHostName(name).getAsciiName();
        } catch (InvalidInputException | IllegalArgumentException e) {
            throw new PeerListException(
                    PeerListException.Reason.BAD_URL, "the URL's host is not valid: " + e.getMessage(), e);
        }
    }

    private static String path(URI url) {
        URI ascii = URI.create(url.toASCIIString());
        String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
        return ascii.getRawQuery() == null ? path : path + "?" + ascii.getRawQuery();
    }

    private static PeerListException bad(String message) {
        return new PeerListException(PeerListException.Reason.BAD_URL, message);
    }
}
