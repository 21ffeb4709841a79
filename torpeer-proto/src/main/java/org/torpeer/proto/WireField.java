package org.torpeer.proto;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.nio.ByteBuffer;

/** Fields as they are on the wire, of the first fifteen of a message, whose tags are one byte. */
final class WireField {
    private static final int TAG_BITS = 3;
    private static final int MORE = 0x80;
    private static final int GROUP = 7;

    private WireField() {}

    /** How long a field of bytes or of a message is altogether that holds so many. */
    static int length(int bytes) {
        return 1 + CodedOutputStream.computeUInt32SizeNoTag(bytes) + bytes;
    }

    /** Puts what precedes so many bytes of such a field. */
    static void putHead(int number, int bytes, ByteBuffer out) {
        out.put((byte) (number << TAG_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED));
        putVarint(bytes, out);
    }

    /** Puts a field that is an unsigned number. */
    static void putNumber(int number, int value, ByteBuffer out) {
        out.put((byte) (number << TAG_BITS | WireFormat.WIRETYPE_VARINT));
        putVarint(value, out);
    }

    /** Puts an unsigned number, seven bits a byte, the lowest first. */
    private static void putVarint(int value, ByteBuffer out) {
        int left = value;
        while ((left & -MORE) != 0) {
            out.put((byte) (left | MORE));
            left >>>= GROUP;
        }
        out.put((byte) left);
    }
}
