package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.NetworkPolicy;
import org.torpeer.api.NodeListener;
import org.torpeer.api.PeerStatus;
import org.torpeer.api.Proof;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.SignedNetworkPolicy;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.internal.book.AddressBook;
import org.torpeer.node.internal.book.BookEntry;
import org.torpeer.node.internal.record.PolicyInForce;
import org.torpeer.node.internal.session.Session;
import org.torpeer.node.internal.table.NodeStore;
import org.torpeer.proto.Frame;

/**
 * The way of a policy into force: is it news, did the operator sign it, then it is kept and passed on once. Watches the
 * clock, too, while a change lies ahead: what a policy refuses from then on leaves the book. Lives on the loop.
 */
@Singleton
final class PolicyIntake {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyIntake.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private final PolicyInForce policy;
    private final Identity identity;
    private final NodeStore store;
    private final AddressBook book;
    private final Sessions sessions;
    private final NodeListener listener;
    private final NodeRuntime runtime;
    private List<ProofRequirement> accepted = List.of();
    private @Nullable Cancellable next;

    @Inject
    PolicyIntake(
            PolicyInForce policy,
            Identity identity,
            NodeStore store,
            AddressBook book,
            Sessions sessions,
            NodeListener listener,
            NodeRuntime runtime) {
        this.policy = policy;
        this.identity = identity;
        this.store = store;
        this.book = book;
        this.sessions = sessions;
        this.listener = listener;
        this.runtime = runtime;
    }

    /** Takes a well-formed policy from anywhere; fails with a {@link TorPeerException} that says why it is not taken. */
    CompletionStage<Void> offer(SignedNetworkPolicy offered) {
        if (!policy.wants(offered)) {
            return CompletableFuture.failedStage(
                    new TorPeerException("the policy is not taken: this node has one with serial number "
                            + policy.current().serial() + ", or knows no operator"));
        }
        CompletableFuture<Void> taken = new CompletableFuture<>();
        runtime.offload().execute(() -> {
            boolean genuine = policy.genuine(offered);
            runtime.loop().execute(() -> {
                if (genuine) {
                    take(offered);
                    taken.complete(null);
                } else {
                    taken.completeExceptionally(new TorPeerException(
                            "the policy is not taken: the operator of this network did not sign it"));
                }
            });
        });
        return taken;
    }

    /** Enforces what is in force now, and watches for what comes. */
    void start() {
        Instant now = runtime.clock().instant();
        List<ProofRequirement> accepts = policy.current().acceptedAt(now);
        if (!accepts.equals(accepted)) {
            accepted = accepts;
            book.entries().stream().filter(entry -> !accepts(entry)).forEach(this::refuse);
            warn(now);
        }
        watch(now);
    }

    /** The clock is looked at again and again, since it may be set. */
    private void watch(Instant now) {
        if (next != null) {
            next.cancel();
        }
        if (now.isBefore(policy.current().settled())) {
            next = runtime.loop().schedule(LOOK_EVERY, this::start);
        }
    }

    private void take(SignedNetworkPolicy genuine) {
        if (!policy.take(genuine)) {
            return;
        }
        NetworkPolicy now = policy.current();
        LOG.debug("the operator demands, from {} on, {}", now.effective(), now.requirements());
        // Whoever hears of it may close the node at once: it is kept by then.
        runtime.offload().execute(() -> {
            keep(genuine);
            runtime.loop().execute(() -> listener.policyChanged(now));
        });
        List.copyOf(sessions.preferred()).forEach(session -> session.tell(genuine));
        accepted = List.of();
        start();
    }

    private void keep(SignedNetworkPolicy genuine) {
        try {
            store.save(genuine);
        } catch (TorPeerException e) {
            LOG.error("the policy could not be stored, it is kept in memory: {}", e.getMessage());
        }
    }

    private boolean accepts(BookEntry entry) {
        if (entry.status() == PeerStatus.REVOKED) {
            return true;
        }
        Proof proof = entry.record().content().proof();
        return accepted.stream().anyMatch(requirement -> requirement.metBy(proof));
    }

    private void refuse(BookEntry entry) {
        book.forget(entry.id());
        for (Session session : sessions.allWith(entry.id())) {
            session.goAway(Frame.Reason.PROTOCOL_ERROR);
        }
    }

    private void warn(Instant now) {
        NetworkPolicy current = policy.current();
        Proof own = identity.proof();
        if (!current.accepts(own, now)) {
            LOG.error(
                    "the network does not accept our proof of {} bits any more: stop this node and run 'identity raise'",
                    own.bits());
        } else if (!current.accepts(own, current.settled())) {
            LOG.debug(
                    "from {} on, the network does not accept our proof of {} bits: run 'identity raise' before, for {}",
                    current.settled(),
                    own.bits(),
                    Objects.requireNonNull(current.requirements().get(0)));
        }
    }
}
