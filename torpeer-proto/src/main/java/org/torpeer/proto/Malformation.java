package org.torpeer.proto;

/** What is wrong with bytes that do not decode. */
public enum Malformation {
    /** More bytes, or more elements, than allowed. */
    TOO_LONG,
    /** Truncated, not protobuf, an unknown or repeated field, or not the canonical encoding. */
    GARBAGE,
    /** Of a protocol version that is not spoken here. */
    UNSUPPORTED_VERSION,
    /** A field is missing, or its value out of range. */
    BAD_FIELD,
    /** An enumeration's value, or a type of frame that may not be skipped, is not known. */
    UNKNOWN_ENUM
}
