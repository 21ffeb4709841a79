package org.torpeer.transport.tor.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityKeysTest {
    private static final Instant NOW = Instant.parse("2030-05-06T07:08:09Z");
    /** What comes before a PKCS#1 key of 1024 bits with exponent 65537 in SubjectPublicKeyInfo. */
    private static final String INFO = "30819f300d06092a864886f70d010101050003818d00";

    @TempDir
    Path folder;

    private final AuthorityKeys keys = AuthorityKeys.generate();

    @Test
    void theCertificateIsSignedByBothKeys() throws Exception {
        String certificate = keys.certificate(NOW);
        byte[] identity = der(certificate, "dir-identity-key");
        byte[] signing = der(certificate, "dir-signing-key");
        assertThat(certificate)
                .startsWith("dir-key-certificate-version 3\nfingerprint " + keys.authorityFingerprint() + "\n")
                .contains("dir-key-published 2030-05-06 06:08:09\n")
                .contains("dir-key-expires 2030-08-04 06:08:09\n");
        assertThat(HexFormat.of().withUpperCase().formatHex(sha1(identity))).isEqualTo(keys.authorityFingerprint());
        assertThat(recovered(signing, der(certificate, "dir-key-crosscert"))).isEqualTo(sha1(identity));

        String last = "dir-key-certification\n";
        String signed = certificate.substring(0, certificate.indexOf(last) + last.length());
        assertThat(recovered(identity, der(certificate, "dir-key-certification")))
                .isEqualTo(sha1(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void writesWhatTorReadsForItsOwnerAlone() throws Exception {
        keys.write(folder.resolve("data"), NOW);
        Path written = folder.resolve("data/keys");
        assertThat(Files.getPosixFilePermissions(written)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(written.resolve("secret_id_key")).content().startsWith("-----BEGIN RSA PRIVATE KEY-----\n");
        assertThat(written.resolve("authority_signing_key")).content().endsWith("-----END RSA PRIVATE KEY-----\n");
        assertThat(written.resolve("authority_certificate")).hasContent(keys.certificate(NOW));
        assertThat(keys.relayFingerprint()).matches("[0-9A-F]{40}").isNotEqualTo(keys.authorityFingerprint());
    }

    private static byte[] der(String certificate, String keyword) {
        int start = certificate.indexOf("-----BEGIN", certificate.indexOf("\n" + keyword + "\n"));
        int body = certificate.indexOf('\n', start);
        return Base64.getMimeDecoder().decode(certificate.substring(body, certificate.indexOf("-----END", body)));
    }

    private static byte[] recovered(byte[] pkcs1, byte[] signature) throws GeneralSecurityException {
        byte[] info = HexFormat.of().parseHex(INFO + HexFormat.of().formatHex(pkcs1));
        PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(info));
        assertThat(((RSAPublicKey) key).getPublicExponent()).isEqualTo(BigInteger.valueOf(65_537));
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.DECRYPT_MODE, key);
        return cipher.doFinal(signature);
    }

    private static byte[] sha1(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-1").digest(bytes);
    }
}
