import org.jspecify.annotations.NullMarked;

/** The wire format: the one codec between bytes and values, canonical signing bytes, strict Ed25519. */
@NullMarked
module org.torpeer.proto {
    requires transitive org.torpeer.api;
    requires com.google.protobuf;
    requires cafe.cryptography.curve25519_elisabeth;
    requires org.bouncycastle.provider;
    requires static org.jspecify;

    exports org.torpeer.proto;
    exports org.torpeer.proto.key;

    opens org.torpeer.proto.internal.wire to
            com.google.protobuf;
}
