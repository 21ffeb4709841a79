package org.torpeer.proto;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Arrays;
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
     * @param maxBytes checked before anything else
     * @param maxFields most fields at the top, repeated ones counted each; checked before anything is allocated for them
     * @throws MalformedException TOO_LONG or GARBAGE
     */
    static <T extends Message> T parse(Parser<T> parser, byte[] bytes, int maxBytes, int maxFields) {
        if (bytes.length > maxBytes) {
            throw new MalformedException(
                    Malformation.TOO_LONG, bytes.length + " bytes where at most " + maxBytes + " are allowed");
        }
        try {
            countFields(CodedInputStream.newInstance(bytes), maxFields);
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

    private static void countFields(CodedInputStream in, int most) throws IOException {
        int fields = 0;
        while (!in.isAtEnd()) {
            int tag = in.readTag();
            int type = WireFormat.getTagWireType(tag);
            if (type == WireFormat.WIRETYPE_START_GROUP || type == WireFormat.WIRETYPE_END_GROUP) {
                throw garbage("a group, which version 1 does not use", null);
            }
            fields++;
            if (fields > most) {
                throw new MalformedException(Malformation.TOO_LONG, "more than " + most + " fields in a message");
            }
            in.skipField(tag);
        }
    }

    private static MalformedException garbage(String message, @Nullable Throwable cause) {
        return new MalformedException(Malformation.GARBAGE, message, cause);
    }
}
