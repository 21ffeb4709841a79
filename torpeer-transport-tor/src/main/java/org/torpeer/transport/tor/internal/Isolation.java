package org.torpeer.transport.tor.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * SOCKS credentials by which Tor keeps streams on different circuits. Tor accepts any; streams with equal ones may share a
 * circuit. They are derived from a secret of one transport, so that nothing links it to another or to its own past, and
 * nothing has to be remembered for each destination.
 */
final class Isolation {
    /** One user name and password, each 32 hexadecimal digits. */
    record Credentials(String user, String password) {}

    private static final int SECRET_BYTES = 32;
    private static final HexFormat HEX = HexFormat.of();

    private final SecretKeySpec secret;
    private final AtomicLong generation = new AtomicLong();

    Isolation(RandomGenerator random) {
        byte[] key = new byte[SECRET_BYTES];
        random.nextBytes(key);
        secret = new SecretKeySpec(key, "HmacSHA256");
    }

    /** The same for the same destination, whatever the port, until the next {@link #renew}. */
    Credentials of(String destination) {
        return derive(generation.get() + " " + destination);
    }

    /**
     * Gives every destination new credentials from now on. After a dial that got no answer this is needed: the circuit to
     * the service may be dead without Tor knowing, and the next dial would be sent over it again.
     */
    void renew() {
        generation.incrementAndGet();
    }

    private Credentials derive(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            byte[] derived = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return new Credentials(
                    HEX.formatHex(Arrays.copyOf(derived, 16)), HEX.formatHex(Arrays.copyOfRange(derived, 16, 32)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }
}
