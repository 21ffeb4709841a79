package org.torpeer.proto;

import java.util.List;

/** The rules several messages share for one field. */
final class Fields {
    static final int MAX_VERSIONS = 8;
    static final int MAX_VERSION = 255;
    static final int NONCE_BYTES = 32;

    private Fields() {}

    static MalformedException bad(String message) {
        return new MalformedException(Malformation.BAD_FIELD, message);
    }

    static MalformedException unknown(String what, int number) {
        return new MalformedException(Malformation.UNKNOWN_ENUM, "no " + what + " is known as number " + number);
    }

    static void range(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw bad(field + " is between " + least + " and " + most + ", not " + value);
        }
    }

    static void length(String field, int length, int wanted) {
        if (length != wanted) {
            throw bad(field + " has " + wanted + " bytes, not " + length);
        }
    }

    /** Characters 0x20 to 0x7e, one byte each. */
    static void printable(String field, String value, int least, int most) {
        // Words are made only of what is wrong: this is asked of every record.
        if (value.length() < least || value.length() > most) {
            range("the length of " + field, value.length(), least, most);
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                throw bad(field + " is printable ASCII");
            }
        }
    }

    static void versions(List<Integer> versions) {
        range("the number of versions", versions.size(), 1, MAX_VERSIONS);
        int last = 0;
        for (int version : versions) {
            range("a version", version, last + 1L, MAX_VERSION);
            last = version;
        }
    }
}
