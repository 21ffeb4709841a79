package org.torpeer.testkit.adversary;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Messages that are small and would make a careless parser deep, large or slow. Each fills the room given: as a handshake's
 * message, or behind a byte for the type as a frame.
 */
public final class ProtobufBombs {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int GROUP = 3;

    private static final int ANNOUNCE = 3;
    private static final int SIGNATURE_BYTES = 64;

    private ProtobufBombs() {}

    /**
     * @param room bytes, at least 64
     */
    public static List<byte[]> all(int room) {
        return List.of(
                nestedMessages(room),
                nestedGroups(room),
                emptyElements(room, 1),
                emptyElements(room, 2),
                emptyElements(room, 9),
                unknownFields(room),
                repeatedScalars(room),
                packed(room),
                overlong(room),
                lengths(room),
                invalidText(room),
                varint(room));
    }

    /** The payload of an announcement (type 3) whose record has the bomb, and a signature's worth of zeros, in it. */
    public static byte[] announced(byte[] bomb) {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(field(1, bomb));
        record.writeBytes(field(2, new byte[SIGNATURE_BYTES]));
        return typed(ANNOUNCE, field(1, record.toByteArray()));
    }

    /** The payload of a frame of the type with the bomb as its body. */
    public static byte[] typed(int type, byte[] bomb) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(type);
        out.writeBytes(bomb);
        return out.toByteArray();
    }

    /** Field 1 in field 1 in field 1, as deep as there is room. */
    public static byte[] nestedMessages(int room) {
        byte[] out = new byte[room];
        int begin = room;
        while (true) {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            tag(head, 1, BYTES);
            number(head, room - begin);
            if (head.size() > begin) {
                return Arrays.copyOfRange(out, begin, room);
            }
            begin -= head.size();
            System.arraycopy(head.toByteArray(), 0, out, begin, head.size());
        }
    }

    /** Groups that begin and never end. */
    public static byte[] nestedGroups(int room) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (out.size() < room) {
            tag(out, 1, GROUP);
        }
        return out.toByteArray();
    }

    /** A field of no bytes, again and again: two bytes on the wire, an object in memory. */
    public static byte[] emptyElements(int room, int field) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (out.size() + 2 <= room) {
            tag(out, field, BYTES);
            number(out, 0);
        }
        return out.toByteArray();
    }

    /** Another field number each time. */
    public static byte[] unknownFields(int room) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int field = 100; out.size() + 8 <= room; field++) {
            tag(out, field, VARINT);
            number(out, field);
        }
        return out.toByteArray();
    }

    /** Field 1 as a number, which counts last, again and again. */
    public static byte[] repeatedScalars(int room) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (out.size() + 9 <= room) {
            tag(out, 1, FIXED64);
            out.writeBytes(new byte[Long.BYTES]);
        }
        return out.toByteArray();
    }

    /** Packed numbers, a byte each on the wire. */
    public static byte[] packed(int room) {
        byte[] numbers = new byte[room - 5];
        Arrays.fill(numbers, (byte) 1);
        return field(1, numbers);
    }

    /** A length of two gigabytes with nothing behind it. */
    public static byte[] overlong(int room) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tag(out, 1, BYTES);
        number(out, Integer.MAX_VALUE);
        out.writeBytes(new byte[room - out.size()]);
        return out.toByteArray();
    }

    /** A negative length. */
    public static byte[] lengths(int room) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tag(out, 1, BYTES);
        number(out, -1L);
        out.writeBytes(new byte[room - out.size()]);
        return out.toByteArray();
    }

    /** Text that is not UTF-8. */
    public static byte[] invalidText(int room) {
        byte[] text = new byte[room - 5];
        Arrays.fill(text, (byte) 0xf5);
        return field(2, text);
    }

    /** A number without an end. */
    public static byte[] varint(int room) {
        byte[] bytes = new byte[room];
        Arrays.fill(bytes, (byte) 0xff);
        bytes[0] = 1 << 3;
        return bytes;
    }

    private static byte[] field(int field, byte[] value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tag(out, field, BYTES);
        number(out, value.length);
        out.writeBytes(value);
        return out.toByteArray();
    }

    private static void tag(ByteArrayOutputStream out, int field, int type) {
        number(out, (long) field << 3 | type);
    }

    private static void number(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
