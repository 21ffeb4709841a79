package org.torpeer.node.internal.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Byte strings of a bounded length, in unsigned lexicographic order. The bound is checked on reading too: a damaged file
 * must not make us allocate what it says. Each is followed by its CRC-32C, because the store checks the frame of a page
 * and not what is in it.
 */
final class BytesType extends BasicDataType<byte[]> {
    private static final int OBJECT_BYTES = 24;

    private final int most;

    BytesType(int most) {
        this.most = most;
    }

    @Override
    public int compare(byte[] one, byte[] other) {
        return Arrays.compareUnsigned(one, other);
    }

    @Override
    public int getMemory(byte[] bytes) {
        return OBJECT_BYTES + bytes.length;
    }

    @Override
    public void write(WriteBuffer to, byte[] bytes) {
        to.putVarInt(bytes.length).put(bytes).putInt(checksum(bytes));
    }

    @Override
    public byte[] read(ByteBuffer from) {
        int length = DataUtils.readVarInt(from);
        if (length < 0 || length > most || length > from.remaining()) {
            throw new MVStoreException(DataUtils.ERROR_FILE_CORRUPT, "a stored item of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        from.get(bytes);
        if (from.getInt() != checksum(bytes)) {
            throw new MVStoreException(DataUtils.ERROR_FILE_CORRUPT, "a stored item with a wrong checksum");
        }
        return bytes;
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @Override
    public byte[][] createStorage(int size) {
        return new byte[size][];
    }
}
