package org.torpeer.proto.key;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.OnionAddress;

/** The directory in which Tor keeps an onion service ({@code HiddenServiceDir} of its configuration). */
public final class OnionServiceDirectory {
    private static final String KEY_FILE = "hs_ed25519_secret_key";
    private static final String NAME_FILE = "hostname";
    private static final int HEADER_BYTES = 32;
    private static final byte[] HEADER =
            Arrays.copyOf("== ed25519v1-secret: type0 ==".getBytes(StandardCharsets.US_ASCII), HEADER_BYTES);
    private static final int KEY_FILE_BYTES = HEADER_BYTES + ExpandedKey.BYTES;
    /** 62 characters of an address and whatever ends the line, generously. */
    private static final int NAME_FILE_BYTES = 128;

    private OnionServiceDirectory() {}

    /**
     * Reads the service's key: {@code hs_ed25519_secret_key}, a header of 32 bytes and the expanded key. If there is a
     * {@code hostname} file, it must name the same key.
     *
     * @throws InvalidInputException if a file cannot be read, has another form, or the two disagree
     */
    public static ExpandedKey read(Path directory) {
        ExpandedKey key = readKey(directory.resolve(KEY_FILE));
        Path name = directory.resolve(NAME_FILE);
        if (Files.exists(name) && !readName(name).peer().equals(key.id())) {
            throw new InvalidInputException(
                    name + " names another service than " + KEY_FILE + " beside it: restore the one that belongs here");
        }
        return key;
    }

    private static ExpandedKey readKey(Path file) {
        byte[] content = readUpTo(file, KEY_FILE_BYTES);
        try {
            if (content.length != KEY_FILE_BYTES || !Arrays.equals(content, 0, HEADER_BYTES, HEADER, 0, HEADER_BYTES)) {
                throw new InvalidInputException(
                        file + " is not a version 3 onion service's secret key as Tor writes it (96 bytes)");
            }
            return ExpandedKey.of(Arrays.copyOfRange(content, HEADER_BYTES, KEY_FILE_BYTES));
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static OnionAddress readName(Path file) {
        byte[] content = readUpTo(file, NAME_FILE_BYTES);
        try {
            return OnionAddress.parse(new String(content, StandardCharsets.US_ASCII).strip());
        } catch (InvalidInputException e) {
            throw new InvalidInputException(file + ": " + e.getMessage(), e);
        }
    }

    /** At most one byte more than {@code most}, so that too long a file shows as such and costs no memory. */
    private static byte[] readUpTo(Path file, int most) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most + 1);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + file + ": check that it exists and is readable", e);
        }
    }
}
