package org.torpeer.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;

/**
 * A Tor v3 onion address: {@code base32(key | checksum | version)} followed by {@code .onion}.
 *
 * <p>The checksum is the first two bytes of {@code SHA3-256(".onion checksum" | key | version)} and the version is 3
 * (Tor rendezvous specification v3, section 6). An instance always carries a correct checksum and version.
 */
public final class OnionAddress {
    private static final String SUFFIX = ".onion";
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final byte[] CHECKSUM_PREFIX = ".onion checksum".getBytes(StandardCharsets.US_ASCII);
    private static final int CHARACTERS = 56;
    private static final int BYTES = 35;
    private static final byte VERSION = 3;

    private final PeerId peer;
    private final String text;

    private OnionAddress(PeerId peer, String text) {
        this.peer = peer;
        this.text = text;
    }

    public static OnionAddress of(PeerId peer) {
        byte[] key = peer.toBytes();
        byte[] checksum = checksum(key);
        byte[] raw = new byte[BYTES];
        System.arraycopy(key, 0, raw, 0, PeerId.BYTES);
        raw[32] = checksum[0];
        raw[33] = checksum[1];
        raw[34] = VERSION;
        return new OnionAddress(peer, encode(raw) + SUFFIX);
    }

    /**
     * Reads an address in any letter case, with or without {@code .onion}.
     *
     * @throws InvalidInputException if the length, a character, the version or the checksum is wrong
     */
    public static OnionAddress parse(String text) {
        // Some other letters become ASCII in lower case.
        if (text.chars().anyMatch(c -> c >= 128)) {
            throw new InvalidInputException("an onion address uses a-z and 2-7 only");
        }
        String name = text.toLowerCase(Locale.ROOT);
        if (name.endsWith(SUFFIX)) {
            name = name.substring(0, name.length() - SUFFIX.length());
        }
        if (name.length() != CHARACTERS) {
            throw new InvalidInputException("a v3 onion address has 56 characters before .onion, not " + name.length());
        }
        byte[] raw = decode(name);
        if (raw[34] != VERSION) {
            throw new InvalidInputException("onion address of version " + raw[34] + ": only version 3 is spoken");
        }
        PeerId peer = PeerId.of(Arrays.copyOf(raw, PeerId.BYTES));
        byte[] checksum = checksum(peer.toBytes());
        if (raw[32] != checksum[0] || raw[33] != checksum[1]) {
            throw new InvalidInputException("onion address with a wrong checksum: check it for a typing error");
        }
        return new OnionAddress(peer, name + SUFFIX);
    }

    public PeerId peer() {
        return peer;
    }

    /** The 56 characters without {@code .onion}, as Tor's control port names a service. */
    public String serviceId() {
        return text.substring(0, CHARACTERS);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OnionAddress that && peer.equals(that.peer);
    }

    @Override
    public int hashCode() {
        return peer.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    private static byte[] checksum(byte[] key) {
        try {
            MessageDigest sha3 = MessageDigest.getInstance("SHA3-256");
            sha3.update(CHECKSUM_PREFIX);
            sha3.update(key);
            sha3.update(VERSION);
            return sha3.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK since 9 has SHA3-256", e);
        }
    }

    /** RFC 4648 base32 without padding; 35 bytes are 56 characters exactly. */
    private static String encode(byte[] raw) {
        StringBuilder out = new StringBuilder(CHARACTERS);
        for (int i = 0; i < raw.length; i += 5) {
            long group = 0;
            for (int j = 0; j < 5; j++) {
                group = group << 8 | (raw[i + j] & 0xff);
            }
            for (int shift = 35; shift >= 0; shift -= 5) {
                out.append(ALPHABET.charAt((int) (group >>> shift) & 31));
            }
        }
        return out.toString();
    }

    private static byte[] decode(String name) {
        byte[] raw = new byte[BYTES];
        for (int i = 0; i < CHARACTERS; i += 8) {
            long group = 0;
            for (int j = 0; j < 8; j++) {
                int digit = ALPHABET.indexOf(name.charAt(i + j));
                if (digit < 0) {
                    throw new InvalidInputException("an onion address uses a-z and 2-7 only, here is character number "
                            + (i + j + 1) + " something else");
                }
                group = group << 5 | digit;
            }
            for (int j = 0; j < 5; j++) {
                raw[i / 8 * 5 + j] = (byte) (group >>> (32 - 8 * j));
            }
        }
        return raw;
    }
}
