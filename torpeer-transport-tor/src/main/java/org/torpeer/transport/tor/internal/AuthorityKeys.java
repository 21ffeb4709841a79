package org.torpeer.transport.tor.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;

/**
 * The keys of one directory authority that is also a relay: relay identity, authority identity, and authority signing key
 * with its certificate. Keys have 1024 bits, the relay's because Tor demands it, the others because a lab lives minutes.
 * Certificate format: Tor directory protocol version 3, section 3.1.
 */
final class AuthorityKeys {
    private static final int BITS = 1024;
    private static final Duration VALID = Duration.ofDays(90);
    private static final Duration BACKDATED = Duration.ofHours(1);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final KeyPair relay;
    private final KeyPair identity;
    private final KeyPair signing;

    private AuthorityKeys(KeyPair relay, KeyPair identity, KeyPair signing) {
        this.relay = relay;
        this.identity = identity;
        this.signing = signing;
    }

    static AuthorityKeys generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return new AuthorityKeys(
                    generator.generateKeyPair(), generator.generateKeyPair(), generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    /** SHA-1 of the relay's identity key, in upper-case hexadecimal. */
    String relayFingerprint() {
        return fingerprint(relay);
    }

    /** SHA-1 of the authority's identity key, in upper-case hexadecimal. */
    String authorityFingerprint() {
        return fingerprint(identity);
    }

    /** Writes what tor reads below its data folder. */
    void write(Path dataFolder, Instant now) throws IOException {
        Path keys = Folders.makePrivate(dataFolder.resolve("keys"));
        Files.writeString(keys.resolve("secret_id_key"), privatePem(relay));
        Files.writeString(keys.resolve("authority_signing_key"), privatePem(signing));
        Files.writeString(keys.resolve("authority_certificate"), certificate(now));
    }

    String certificate(Instant now) {
        Instant published = now.minus(BACKDATED);
        String text = "dir-key-certificate-version 3\n"
                + "fingerprint " + authorityFingerprint() + "\n"
                + "dir-key-published " + TIME.format(published) + "\n"
                + "dir-key-expires " + TIME.format(published.plus(VALID)) + "\n"
                + "dir-identity-key\n" + publicPem(identity)
                + "dir-signing-key\n" + publicPem(signing)
                + "dir-key-crosscert\n" + signature("ID SIGNATURE", signing, publicDer(identity))
                + "dir-key-certification\n";
        return text + signature("SIGNATURE", identity, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String fingerprint(KeyPair pair) {
        return HEX.formatHex(sha1(publicDer(pair)));
    }

    /** PKCS#1 pads the bare digest: Tor signs without naming the digest algorithm. */
    private static String signature(String title, KeyPair pair, byte[] message) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, pair.getPrivate());
            return pem(title, cipher.doFinal(sha1(message)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private static byte[] sha1(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static String publicPem(KeyPair pair) {
        return pem("RSA PUBLIC KEY", publicDer(pair));
    }

    private static String privatePem(KeyPair pair) {
        return pem("RSA PRIVATE KEY", privateDer(pair));
    }

    private static String pem(String title, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + title + "-----\n" + body + "\n-----END " + title + "-----\n";
    }

    /** PKCS#1 inside of SubjectPublicKeyInfo: SEQUENCE, algorithm SEQUENCE, BIT STRING with its leading zero byte. */
    private static byte[] publicDer(KeyPair pair) {
        Der outer = new Der(pair.getPublic().getEncoded()).enter();
        outer.skip();
        byte[] bits = outer.content();
        return Arrays.copyOfRange(bits, 1, bits.length);
    }

    /** PKCS#1 inside of PKCS#8: SEQUENCE, version INTEGER, algorithm SEQUENCE, OCTET STRING. */
    private static byte[] privateDer(KeyPair pair) {
        Der outer = new Der(pair.getPrivate().getEncoded()).enter();
        outer.skip();
        outer.skip();
        return outer.content();
    }

    /** A cursor over the DER that the JDK itself made. */
    private static final class Der {
        private final byte[] bytes;
        private int at;

        Der(byte[] bytes) {
            this.bytes = bytes;
        }

        /** The inside of the element here. */
        Der enter() {
            return new Der(content());
        }

        void skip() {
            content();
        }

        byte[] content() {
            at++;
            int length = bytes[at++] & 0xff;
            if (length > 0x7f) {
                int digits = length & 0x7f;
                length = 0;
                for (int i = 0; i < digits; i++) {
                    length = length << 8 | (bytes[at++] & 0xff);
                }
            }
            byte[] content = Arrays.copyOfRange(bytes, at, at + length);
            at += length;
            return content;
        }
    }
}
