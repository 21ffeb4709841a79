package org.torpeer.transport.tor.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.torpeer.api.InvalidInputException;

/** Socket addresses written as numbers; nothing here ever resolves a name. */
public final class Literal {
    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})|\\[::1])" + ":(\\d{1,5})");
    private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private Literal() {}

    /** {@code 127.0.0.1} and a port; 0 lets the system choose. */
    public static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(address(new byte[] {127, 0, 0, 1}), port);
    }

    /**
     * @param text {@code a.b.c.d:port} or {@code [::1]:port}
     * @param what named in the error
     * @throws InvalidInputException if it is anything else
     */
    public static InetSocketAddress parse(String text, String what) {
        Matcher form = FORM.matcher(text);
        if (form.matches()) {
            int port = Integer.parseInt(form.group(5));
            byte[] raw = form.group(1) == null ? LOOPBACK_6 : new byte[4];
            boolean inRange = port >= 1 && port <= 65_535;
            for (int i = 0; form.group(1) != null && i < 4; i++) {
                int part = Integer.parseInt(form.group(i + 1));
                inRange &= part <= 255;
                raw[i] = (byte) part;
            }
            if (inRange) {
                return new InetSocketAddress(address(raw), port);
            }
        }
        throw new InvalidInputException(
                what + " is an IP address and a port such as 127.0.0.1:9051, never a name; not '" + text + "'");
    }

    /** Numbers and a port, as tor reads them. */
    public static String text(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        if (host == null) {
            throw new InvalidInputException("an address of numbers is needed, not " + address.getHostString());
        }
        String number = host.getHostAddress();
        return (number.contains(":") ? "[" + number + "]" : number) + ":" + address.getPort();
    }

    private static InetAddress address(byte[] raw) {
        try {
            return InetAddress.getByAddress(raw);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are addresses", e);
        }
    }
}
