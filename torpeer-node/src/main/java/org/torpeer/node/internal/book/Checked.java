package org.torpeer.node.internal.book;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.torpeer.api.InvalidInputException;

/** Bytes that carry their version in front and a CRC-32 behind, so that damage is noticed before anything is read. */
final class Checked {
    private Checked() {}

    static byte[] seal(int version, byte[] body) {
        byte[] sealed = new byte[1 + body.length + Integer.BYTES];
        ByteBuffer into = ByteBuffer.wrap(sealed).put((byte) version).put(body);
        into.putInt(crc(sealed, into.position()));
        return sealed;
    }

    /**
     * The body.
     *
     * @throws InvalidInputException if the bytes are not whole or of another version
     */
    static ByteBuffer open(int version, int leastBodyBytes, byte[] bytes, String what) {
        int body = bytes.length - 1 - Integer.BYTES;
        if (body < leastBodyBytes || ByteBuffer.wrap(bytes).getInt(1 + body) != crc(bytes, 1 + body)) {
            throw new InvalidInputException(what + " is damaged");
        }
        if (bytes[0] != version) {
            throw new InvalidInputException(what + " is of version " + bytes[0] + ": only " + version + " can be read");
        }
        return ByteBuffer.wrap(bytes, 1, body).slice();
    }

    private static int crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
