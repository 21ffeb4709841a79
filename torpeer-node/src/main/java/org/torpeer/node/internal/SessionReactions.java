package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerState;
import org.torpeer.api.SignedNetworkPolicy;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.internal.book.AddressBook;
import org.torpeer.node.internal.book.Reputation.Standing;
import org.torpeer.node.internal.book.Source;
import org.torpeer.node.internal.crypto.Primitives;
import org.torpeer.node.internal.door.Conduct;
import org.torpeer.node.internal.door.Offence;
import org.torpeer.node.internal.record.PolicyInForce;
import org.torpeer.node.internal.record.Rejection;
import org.torpeer.node.internal.session.Session;
import org.torpeer.node.internal.session.SessionEvents;
import org.torpeer.node.internal.tally.Drop;
import org.torpeer.node.internal.tally.Tally;
import org.torpeer.proto.Codec;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameCodec;

/** What the node does when something comes in over a session. Lives on the loop. */
@Singleton
final class SessionReactions implements SessionEvents {
    private static final Logger LOG = LoggerFactory.getLogger(SessionReactions.class);

    private final AddressBook book;
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
    private final Codec codec;

    @Inject
    SessionReactions(
            AddressBook book,
            RecordIntake intake,
            RequestHandlers handlers,
            Sessions sessions,
            Discovery discovery,
            NodeRuntime runtime,
            PolicyInForce policy,
            PolicyIntake policies,
            Handover handover,
            Conduct conduct,
            Tally tally,
            Primitives primitives) {
        this.book = book;
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
        this.codec = primitives.codec();
    }

    @Override
    public Frame decoded(byte[] payload) {
        return codec.frame(payload);
    }

    @Override
    public byte[] framed(Frame frame) {
        return codec.framed(frame);
    }

    @Override
    public List<SignedPeerRecord> peersFor(Session session, Frame.GetPeers ask) {
        return FrameCodec.fitting(book.sample(
                session.told(),
                ask.limit(),
                ask.offlineToo(),
                session.peer(),
                runtime.clock().instant(),
                runtime.loop().nanoTime(),
                runtime.random()));
    }

    @Override
    public void opened(Session session) {
        SignedNetworkPolicy newest = policy.signed();
        if (newest != null) {
            session.tell(newest);
        }
        Instant now = runtime.clock().instant();
        for (SignedPeerRecord last : handover.records()) {
            boolean counts = now.isBefore(last.content().expires());
            if (counts && session.peer() != null && book.revocation(last.peer()) == null) {
                session.announce(last);
            }
        }
    }

    @Override
    public void policyReceived(Session session, SignedNetworkPolicy offered) {
        policies.offer(offered).whenComplete((done, failure) -> LOG.trace("a policy was looked at"));
    }

    @Override
    public void recordsReceived(Session session, List<SignedPeerRecord> records) {
        PeerId teller = session.peer();
        Source source = teller == null ? Source.ANONYMOUS : Source.peer(teller);
        // What is pushed out meanwhile was no news all the same.
        BitSet held = book.held(records);
        intake.repeated(records, held, source);
        for (int i = held.nextClearBit(0); i < records.size(); i = held.nextClearBit(i + 1)) {
            look(session, source, records.get(i));
        }
    }

    private void look(Session session, Source source, SignedPeerRecord record) {
        SignedPeerRecord revocation = book.revocation(record.peer());
        if (revocation != null && record.content().state() != PeerState.REVOKED) {
            session.correct(revocation);
            return;
        }
        intake.offer(record, source).thenAccept(refusal -> {
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
            discovery.disconnected(peer, session.sentAway());
        }
    }
}
