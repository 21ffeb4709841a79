package org.torpeer.node.internal.session;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.torpeer.api.PeerId;
import org.torpeer.api.SignedNetworkPolicy;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.node.internal.door.Offence;
import org.torpeer.node.internal.tally.Drop;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameCodec;

/** What a session asks of its node; called on the loop. */
public interface SessionEvents {
    /**
     * What a payload says.
     *
     * @throws org.torpeer.proto.MalformedException if it is not one well-formed frame
     */
    default Frame decoded(byte[] payload) {
        return FrameCodec.decode(payload);
    }

    /** The frame as it goes over a connection. */
    default byte[] framed(Frame frame) {
        return FrameCodec.framed(frame);
    }

    /** Records to hand out, at most as many as asked for, none that we have not authenticated ourselves. */
    List<SignedPeerRecord> peersFor(Session session, Frame.GetPeers ask);

    /** The session is open. */
    void opened(Session session);

    /** A policy came in, well-formed and otherwise unchecked. */
    void policyReceived(Session session, SignedNetworkPolicy policy);

    /** Records came in, well-formed and otherwise unchecked. */
    void recordsReceived(Session session, List<SignedPeerRecord> records);

    /** A request came in. */
    CompletionStage<Frame.Response> requested(PeerId from, Frame.Request request);

    /** The other side did something that it should not have; called before the session ends, if that ends it. */
    void misbehaved(Session session, Offence offence);

    /** Something that came in was left alone. */
    void dropped(Session session, Drop reason);

    /** The session ended; called once. */
    void ended(Session session, String reason);
}
