package org.torpeer.node.fuzz;

import org.torpeer.api.NetworkId;
import org.torpeer.proto.MalformedException;
import org.torpeer.proto.PeerListCodec;
import org.torpeer.proto.PolicyCodec;
import org.torpeer.proto.RecordCodec;

/** A record, a list of them, and a policy. */
public final class RecordFuzz {
    private static final NetworkId NETWORK = NetworkId.of("fuzz");

    private RecordFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        record(input);
        try {
            Canonical.require(input, PeerListCodec.encode(PeerListCodec.decode(input)));
        } catch (MalformedException e) {
            policy(input);
        }
    }

    private static void record(byte[] input) {
        try {
            var record = RecordCodec.decode(input);
            Canonical.require(input, RecordCodec.encode(record));
            boolean genuine =
                    RecordCodec.signatureValid(record, NETWORK) && RecordCodec.successorValid(record, NETWORK);
            if (genuine && record.content().expires().isBefore(record.content().issued())) {
                throw new AssertionError("times that overflow");
            }
        } catch (MalformedException e) {
            return;
        }
    }

    private static void policy(byte[] input) {
        try {
            Canonical.require(input, PolicyCodec.encode(PolicyCodec.decode(input)));
        } catch (MalformedException e) {
            return;
        }
    }
}
