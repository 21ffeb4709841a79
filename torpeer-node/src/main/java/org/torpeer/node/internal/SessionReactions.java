package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerState;
import org.torpeer.api.SignedNetworkPolicy;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.internal.book.Reputation.Standing;
import org.torpeer.node.internal.door.Conduct;
import org.torpeer.node.internal.door.Offence;
import org.torpeer.node.internal.record.PolicyInForce;
import org.torpeer.node.internal.record.Rejection;
import org.torpeer.node.internal.session.Session;
import org.torpeer.node.internal.session.SessionEvents;
import org.torpeer.node.internal.table.PeerTable;
import org.torpeer.node.internal.tally.Drop;
import org.torpeer.node.internal.tally.Tally;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameCodec;
import org.torpeer.proto.PeerListCodec;

/** What the node does when something comes in over a session. Lives on the loop. */
@Singleton
final class SessionReactions implements SessionEvents {
    private static final Logger LOG = LoggerFactory.getLogger(SessionReactions.class);

    private final PeerTable table;
    private final RecordIntake intake;
    private final RequestHandlers handlers;
    private final Sessions sessions;
    private final Discovery discovery;
    private final NodeRuntime runtime;
    private final PolicyInForce policy;
    private final PolicyIntake policies;
    private final Handover handover;
    private final Conduct conduct;
    private final Tally tally;

    @Inject
    SessionReactions(
            PeerTable table,
            RecordIntake intake,
            RequestHandlers handlers,
            Sessions sessions,
            Discovery discovery,
            NodeRuntime runtime,
            PolicyInForce policy,
            PolicyIntake policies,
            Handover handover,
            Conduct conduct,
            Tally tally) {
        this.table = table;
        this.intake = intake;
        this.handlers = handlers;
        this.sessions = sessions;
        this.discovery = discovery;
        this.runtime = runtime;
        this.policy = policy;
        this.policies = policies;
        this.handover = handover;
        this.conduct = conduct;
        this.tally = tally;
    }

    @Override
    public List<SignedPeerRecord> peersFor(Session session, int limit) {
        int bounded = Math.min(limit, PeerListCodec.MAX_RECORDS);
        return FrameCodec.fitting(
                table.sample(bounded, session.peer(), runtime.clock().instant(), runtime.random()));
    }

    @Override
    public void opened(Session session) {
        SignedNetworkPolicy newest = policy.signed();
        if (newest != null) {
            session.tell(newest);
        }
        SignedPeerRecord last = handover.record();
        boolean counts = last != null
                && runtime.clock().instant().isBefore(last.content().expires());
        if (last != null && counts && session.peer() != null && table.revocation(last.peer()) == null) {
            session.announce(last);
        }
    }

    @Override
    public void policyReceived(Session session, SignedNetworkPolicy offered) {
        policies.offer(offered).whenComplete((done, failure) -> LOG.trace("a policy was looked at"));
    }

    @Override
    public void recordReceived(Session session, SignedPeerRecord record) {
        SignedPeerRecord revocation = table.revocation(record.peer());
        if (revocation != null && record.content().state() != PeerState.REVOKED) {
            session.correct(revocation);
            return;
        }
        intake.offer(record, session.peer()).thenAccept(refusal -> {
            if (refusal.filter(Rejection::forged).isPresent()) {
                LOG.debug("{} passed a forged record on", session.peer());
                misbehaved(session, Offence.FORGED_RECORD);
                session.goAway(Frame.Reason.PROTOCOL_ERROR);
            }
        });
    }

    @Override
    public void misbehaved(Session session, Offence offence) {
        PeerId peer = session.peer();
        if (peer != null && conduct.blame(peer, offence) == Standing.BANNED) {
            sessions.allWith(peer).forEach(each -> each.goAway(Frame.Reason.PROTOCOL_ERROR));
        }
    }

    @Override
    public void dropped(Session session, Drop reason) {
        tally.count(reason);
    }

    @Override
    public CompletionStage<Frame.Response> requested(PeerId from, Frame.Request request) {
        return handlers.answer(from, request);
    }

    @Override
    public void ended(Session session, String reason) {
        PeerId peer = session.peer();
        if (sessions.ended(session, reason) && peer != null) {
            discovery.disconnected(peer);
        }
    }
}
