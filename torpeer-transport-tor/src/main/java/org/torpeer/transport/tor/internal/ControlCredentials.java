package org.torpeer.transport.tor.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How to authenticate to a control port. Format: Tor control protocol, sections 3.5 and 3.24.
 *
 * @param password empty for none
 * @param cookie the cookie's file; empty to take the one tor names
 * @param methods what may be used
 */
public record ControlCredentials(String password, String cookie, Set<Method> methods) {
    /** Ways to authenticate, best first. A safe cookie proves both sides without showing the cookie. */
    enum Method {
        NULL,
        SAFECOOKIE,
        COOKIE,
        HASHEDPASSWORD
    }

    private static final int COOKIE_BYTES = 32;
    private static final int NONCE_BYTES = 32;
    private static final Pattern CHALLENGE =
            Pattern.compile("AUTHCHALLENGE SERVERHASH=([0-9A-Fa-f]{64}) SERVERNONCE=((?:[0-9A-Fa-f]{2}){1,128})");
    private static final String SERVER = "Tor safe cookie authentication server-to-controller hash";
    private static final String CLIENT = "Tor safe cookie authentication controller-to-server hash";
    private static final HexFormat HEX = HexFormat.of();

    public ControlCredentials {
        methods = Set.copyOf(methods);
    }

    public static ControlCredentials of(String password, String cookie) {
        return new ControlCredentials(password, cookie, EnumSet.allOf(Method.class));
    }

    void authenticate(ControlWire wire, RandomGenerator random) throws IOException {
        ProtocolInfo info = ProtocolInfo.parse(wire.ask("PROTOCOLINFO 1"));
        switch (choose(info)) {
            case NULL -> wire.ask("AUTHENTICATE");
            case SAFECOOKIE -> safeCookie(wire, readCookie(info), random);
            case COOKIE -> wire.ask("AUTHENTICATE " + HEX.formatHex(readCookie(info)));
            case HASHEDPASSWORD -> wire.ask("AUTHENTICATE " + HEX.formatHex(password.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private Method choose(ProtocolInfo info) throws IOException {
        if (!password.isEmpty() && usable(Method.HASHEDPASSWORD, info)) {
            return Method.HASHEDPASSWORD;
        }
        for (Method method : Method.values()) {
            if (method != Method.HASHEDPASSWORD && usable(method, info)) {
                return method;
            }
        }
        throw new IOException("tor accepts "
                + String.join(", ", info.methods()).toLowerCase(Locale.ROOT)
                + " to authenticate; give the control port's password, or enable CookieAuthentication in its torrc");
    }

    private boolean usable(Method method, ProtocolInfo info) {
        return methods.contains(method) && info.methods().contains(method.name());
    }

    /** Only what has a cookie's length is ever sent, so that no other file can be drawn out of us. */
    private byte[] readCookie(ProtocolInfo info) throws IOException {
        String file = cookie.isEmpty() ? info.cookieFile() : cookie;
        if (file.isEmpty()) {
            throw new IOException("tor names no cookie file; give its path");
        }
        Path path = path(file);
        if (!Files.isReadable(path) || Files.size(path) != COOKIE_BYTES) {
            throw new IOException("there is no readable cookie of 32 bytes at " + path);
        }
        return Files.readAllBytes(path);
    }

    private static Path path(String file) throws IOException {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new IOException("the cookie's path is malformed", e);
        }
    }

    private static void safeCookie(ControlWire wire, byte[] cookie, RandomGenerator random) throws IOException {
        byte[] ours = new byte[NONCE_BYTES];
        random.nextBytes(ours);
        List<String> reply = wire.ask("AUTHCHALLENGE SAFECOOKIE " + HEX.formatHex(ours));
        Matcher challenge = CHALLENGE.matcher(reply.get(0));
        if (!challenge.matches()) {
            throw new IOException("tor's answer to AUTHCHALLENGE is malformed");
        }
        byte[] theirs = HEX.parseHex(challenge.group(2));
        if (!MessageDigest.isEqual(HEX.parseHex(challenge.group(1)), hmac(SERVER, cookie, ours, theirs))) {
            throw new IOException("whoever listens on the control port does not know the cookie: it is not that tor");
        }
        wire.ask("AUTHENTICATE " + HEX.formatHex(hmac(CLIENT, cookie, ours, theirs)));
    }

    private static byte[] hmac(String key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }
}
