package org.torpeer.transport.tor.internal;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.torpeer.api.spi.transport.TransportException;

/** Asks a tor where its SOCKS port is. */
public final class SocksListener {
    private static final Pattern QUOTED = Pattern.compile("\"(\\d+\\.\\d+\\.\\d+\\.\\d+:\\d+|\\[::1]:\\d+)\"");

    private SocksListener() {}

    /**
     * @throws TransportException with failure LOCAL if tor has none on a network address
     */
    public static InetSocketAddress ask(ControlClient control) {
        return parse(control.getInfo("net/listeners/socks"));
    }

    static InetSocketAddress parse(String answer) {
        Matcher first = QUOTED.matcher(answer);
        if (!first.find()) {
            throw Local.failure("tor has no SOCKS port; add 'SocksPort 9050' to its torrc");
        }
        return Literal.parse(first.group(1), "tor's SOCKS port");
    }
}
