package org.torpeer.proto.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.InvalidInputException;

final class OnionServiceDirectoryTest {
    private static final SeedKey KEY = SeedKey.of(new byte[32]);

    @TempDir
    Path directory;

    /** Made by tor 0.4.7.13 with {@code DisableNetwork 1} for this test; the service never existed. */
    @Test
    void readsWhatTorWrote() throws IOException, URISyntaxException {
        Path made = Path.of(Objects.requireNonNull(getClass().getResource("/onion-service/hostname"))
                        .toURI())
                .resolveSibling("");
        byte[] publicKey = Files.readAllBytes(made.resolve("hs_ed25519_public_key"));

        ExpandedKey key = OnionServiceDirectory.read(made);

        assertThat(key.id().toBytes()).isEqualTo(Arrays.copyOfRange(publicKey, 32, 64));
        byte[] message = {1, 2, 3};
        assertThat(Ed25519.verify(key.id(), message, key.sign(message))).isTrue();
    }

    @Test
    void readsTheKeyWithAndWithoutTheName() throws IOException {
        write(keyFile());
        assertThat(OnionServiceDirectory.read(directory).expanded()).isEqualTo(KEY.expanded());
        Files.writeString(directory.resolve("hostname"), KEY.id() + "\n");
        assertThat(OnionServiceDirectory.read(directory).id()).isEqualTo(KEY.id());
    }

    @Test
    void refusesAnotherServicesName() throws IOException {
        write(keyFile());
        byte[] other = new byte[32];
        other[0] = 1;
        Files.writeString(directory.resolve("hostname"), SeedKey.of(other).id() + "\n");
        assertRefused("names another service");
        Files.writeString(directory.resolve("hostname"), "x".repeat(1 << 20));
        assertRefused("hostname");
    }

    @Test
    void refusesFilesOfAnotherForm() throws IOException {
        assertRefused("cannot read");
        write(new byte[0]);
        assertRefused("96 bytes");
        write(Arrays.copyOf(keyFile(), 95));
        assertRefused("96 bytes");
        write(Arrays.copyOf(keyFile(), 97));
        assertRefused("96 bytes");
        write(new byte[96]);
        assertRefused("96 bytes");
        byte[] padding = keyFile();
        padding[31] = 1;
        write(padding);
        assertRefused("96 bytes");
        byte[] unclamped = keyFile();
        unclamped[32] |= 1;
        write(unclamped);
        assertRefused("clamped");
    }

    private void assertRefused(String message) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> OnionServiceDirectory.read(directory))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    private void write(byte[] content) throws IOException {
        Files.write(directory.resolve("hs_ed25519_secret_key"), content);
    }

    private static byte[] keyFile() {
        byte[] file = Arrays.copyOf("== ed25519v1-secret: type0 ==".getBytes(StandardCharsets.US_ASCII), 96);
        System.arraycopy(KEY.expanded(), 0, file, 32, 64);
        return file;
    }
}
