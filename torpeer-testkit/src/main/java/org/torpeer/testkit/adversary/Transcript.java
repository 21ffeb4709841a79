package org.torpeer.testkit.adversary;

import org.torpeer.proto.HandshakeCodec;
import org.torpeer.proto.VerdictCode;

/** The four messages of a handshake that came to a verdict, as they were on the wire; to be replayed. Nothing is copied. */
public record Transcript(byte[] hello, byte[] serverHello, byte[] auth, byte[] verdict) {
    public VerdictCode code() {
        return HandshakeCodec.decodeVerdict(verdict).code();
    }
}
