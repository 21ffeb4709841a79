package org.torpeer.node.internal.crypto;

import org.torpeer.api.NetworkId;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.Successor;
import org.torpeer.proto.RecordCodec;

/** Whether the signatures in a record hold in a network. Safe for use by several threads. */
public final class RecordSignatures {
    private final NetworkId network;
    private final SignatureScheme scheme;

    public RecordSignatures(NetworkId network, SignatureScheme scheme) {
        this.network = network;
        this.scheme = scheme;
    }

    /** Whether the record's own key signed it. */
    public boolean valid(SignedPeerRecord record) {
        return scheme.verify(record.peer(), RecordCodec.signedBytes(record, network), record.signature());
    }

    /** Whether the record names a successor that consented; also true if it names none. */
    public boolean successorValid(SignedPeerRecord record) {
        Successor successor = record.content().successor();
        return successor == null
                || scheme.verify(
                        successor.key(), RecordCodec.consentedBytes(record, successor, network), successor.signature());
    }
}
