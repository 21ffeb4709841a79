package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.torpeer.api.Attributes;
import org.torpeer.api.Endpoint;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.internal.table.NodeStore;
import org.torpeer.proto.RecordCodec;

/** Our own record, always signed anew with a higher sequence number. Issued by one thread at a time, read by any. */
@Singleton
final class OwnRecord {
    static final Duration LIFETIME = Duration.ofHours(24);
    /** Half the lifetime, give or take a quarter, so that others always have a valid record and cannot time us by it. */
    static final Duration REFRESH = Duration.ofHours(12);

    private final NodePlan plan;
    private final Identity identity;
    private final NodeStore store;
    private final NodeRuntime runtime;
    private final RequestHandlers handlers;
    private volatile SignedPeerRecord current;

    @Inject
    OwnRecord(NodePlan plan, Identity identity, NodeStore store, NodeRuntime runtime, RequestHandlers handlers) {
        this.plan = plan;
        this.identity = identity;
        this.store = store;
        this.runtime = runtime;
        this.handlers = handlers;
        this.current = sign(PeerState.ACTIVE);
    }

    SignedPeerRecord current() {
        return current;
    }

    /** Issues and keeps a new record; blocks until its sequence number is stored. */
    SignedPeerRecord issue(PeerState state) {
        SignedPeerRecord issued = sign(state);
        current = issued;
        return issued;
    }

    private SignedPeerRecord sign(PeerState state) {
        long granularity = RecordCodec.ISSUED_GRANULARITY.toSeconds();
        long issued = runtime.clock().instant().getEpochSecond() / granularity * granularity;
        List<String> protocols = handlers.protocols();
        PeerRecord content = new PeerRecord(
                new Endpoint(identity.id(), plan.port()),
                store.nextSequence(issued),
                Instant.ofEpochSecond(issued),
                LIFETIME,
                state,
                plan.role(),
                protocols,
                identity.proof(),
                Attributes.NONE);
        return RecordCodec.sign(content, identity.network(), identity.key());
    }
}
