package org.torpeer.proto;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Strict parsing of protobuf: one value has one encoding. That is the encoding in which fields stand in ascending order of
 * their numbers, default values are left out, numbers are varints without needless bytes, and repeated numbers are packed.
 */
final class Wire {
    /** No message nests deeper: a list's record is the deepest. */
    private static final int MAX_DEPTH = 2;

    private Wire() {}

    /**
     * What a message may be made of, checked in one pass before anything is allocated for it.
     *
     * @param maxBytes longest encoding
     * @param fields number of fields defined, which are numbered from 1 on
     * @param most by number of a field that may stand several times, how often it may
     */
    record Shape(int maxBytes, int fields, Map<Integer, Integer> most) {
        static Shape of(int maxBytes, int fields) {
            return new Shape(maxBytes, fields, Map.of());
        }

        Shape repeating(int field, int times) {
            Map<Integer, Integer> more = new HashMap<>(most);
            more.put(field, times);
            return new Shape(maxBytes, fields, Map.copyOf(more));
        }

        int most(int field) {
            return most.getOrDefault(field, 1);
        }
    }

    /**
     * @throws MalformedException TOO_LONG or GARBAGE
     */
    static <T extends Message> T parse(Parser<T> parser, byte[] bytes, Shape shape) {
        if (bytes.length > shape.maxBytes()) {
            throw new MalformedException(
                    Malformation.TOO_LONG, bytes.length + " bytes where at most " + shape.maxBytes() + " are allowed");
        }
        try {
            checkFields(CodedInputStream.newInstance(bytes), shape);
            CodedInputStream in = CodedInputStream.newInstance(bytes);
            in.setRecursionLimit(MAX_DEPTH);
            T message = parser.parseFrom(in, ExtensionRegistryLite.getEmptyRegistry());
            requireKnown(message);
            if (!Arrays.equals(message.toByteArray(), bytes)) {
                throw garbage("not the canonical encoding", null);
            }
            return message;
        } catch (IOException e) {
            throw garbage("not the protobuf message expected", e);
        }
    }

    /** Refuses fields this version does not define; to be called for every message within a message, too. */
    static void requireKnown(Message message) {
        if (!message.getUnknownFields().asMap().isEmpty()) {
            throw garbage("a field that version 1 does not define", null);
        }
    }

    private static void checkFields(CodedInputStream in, Shape shape) throws IOException {
        int last = 0;
        int repetitions = 0;
        while (!in.isAtEnd()) {
            int tag = in.readTag();
            int field = WireFormat.getTagFieldNumber(tag);
            if (field > shape.fields() || isGroup(tag)) {
                throw garbage("a field that version 1 does not define", null);
            }
            repetitions = field == last ? repetitions + 1 : 1;
            int most = shape.most(field);
            if (field < last || (most == 1 && repetitions > 1)) {
                throw garbage("a field out of order, or twice", null);
            }
            if (repetitions > most) {
                throw new MalformedException(Malformation.TOO_LONG, "more than " + most + " elements in a list");
            }
            last = field;
            in.skipField(tag);
        }
    }

    private static boolean isGroup(int tag) {
        int type = WireFormat.getTagWireType(tag);
        return type == WireFormat.WIRETYPE_START_GROUP || type == WireFormat.WIRETYPE_END_GROUP;
    }

    private static MalformedException garbage(String message, @Nullable Throwable cause) {
        return new MalformedException(Malformation.GARBAGE, message, cause);
    }
}
