package org.torpeer.node.internal.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.NetworkId;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.Proof;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.node.internal.crypto.Primitives;
import org.torpeer.node.internal.crypto.RecordSignatures;
import org.torpeer.node.internal.loop.OnLoop;
import org.torpeer.node.internal.tally.Tally;
import org.torpeer.proto.ProofPrefix;

/**
 * Decides whether a record that decoded is genuine, cheapest check first: what the network demands of the proof, time,
 * claimed bits, then off the loop the key and signature, and last the proof of work, within a budget if it is a costly one.
 * Costly proofs that held are remembered by key and proof; others are as fast to verify as to remember. Every refusal is counted. Safe for several threads.
 */
public final class RecordVerifier {
    /** How far ahead another machine's clock may be. */
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

    static final int MAX_WAITING = 512;
    /** Hearsay leaves room for those who are at the door. */
    static final int MAX_WAITING_HEARSAY = 384;

    private static final int MAX_PROVEN = 8192;
    private static final int MAX_IDLE_KERNELS = 4;
    /** Twice what one policy can accept at a time. */
    private static final int MAX_KINDS = 16;

    private final NetworkId network;
    private final PolicyInForce policy;
    private final Primitives primitives;
    private final RecordSignatures signatures;
    private final Tally tally;
    private final ProofTurns turns;
    private final NodeRuntime runtime;
    private final OnLoop onLoop;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Set<Proven> proven = Collections.synchronizedSet(Collections.newSetFromMap(new Recent<>(MAX_PROVEN)));
    private final Map<Kind, BlockingQueue<PowKernel>> idleKernels = new ConcurrentHashMap<>();

    /** What a kernel is good for; the policy bounds how many kinds there are. */
    private record Kind(String algorithm, String parameters) {}

    /** What a proof is remembered by: all that its verification depends on. */
    private record Proven(PeerId peer, Proof proof) {}

    public RecordVerifier(
            NetworkId network, PolicyInForce policy, Primitives primitives, Tally tally, NodeRuntime runtime) {
        this.network = network;
        this.policy = policy;
        this.primitives = primitives;
        this.signatures = new RecordSignatures(network, primitives.signatures());
        this.tally = tally;
        this.turns = new ProofTurns(runtime.loop());
        this.runtime = runtime;
        this.onLoop = new OnLoop(runtime.loop());
    }

    /**
     * The checks that cost next to nothing; also right for records that were verified before and may have expired since. A
     * revocation is of any time.
     *
     * @return the reason to refuse the record, or null
     */
    public @Nullable Rejection glance(PeerRecord record) {
        Proof proof = record.proof();
        Instant now = runtime.clock().instant();
        boolean ofKind = false;
        boolean ofEpoch = false;
        boolean enough = false;
        for (ProofRequirement requirement : policy.current().acceptedAt(now)) {
            if (requirement.sameKind(proof)) {
                ofKind = true;
                ofEpoch |= requirement.epoch() == proof.epoch();
                enough |= requirement.metBy(proof);
            }
        }
        if (!ofKind) {
            return Rejection.WRONG_ALGORITHM;
        }
        if (!ofEpoch) {
            return Rejection.WRONG_EPOCH;
        }
        boolean timeless = record.state() == PeerState.REVOKED;
        if (!timeless && record.issued().isAfter(now.plus(CLOCK_SKEW))) {
            return Rejection.FROM_THE_FUTURE;
        }
        if (!timeless && !now.isBefore(record.expires())) {
            return Rejection.EXPIRED;
        }
        return enough ? null : Rejection.PROOF_TOO_SMALL;
    }

    /**
     * All checks, of a record that its owner shows in a handshake.
     *
     * @return completes on the loop; fails with {@link RecordRejectedException}
     */
    public CompletionStage<Void> verify(SignedPeerRecord record) {
        return verify(record, MAX_WAITING, turns::atDoor, () -> {});
    }

    /**
     * As {@link #verify(SignedPeerRecord)}, of a record that somebody passed on, within the budget of that somebody.
     *
     * @param by the authenticated peer whose session it came over, null if the node's own user brought it
     */
    public CompletionStage<Void> verifyHearsay(SignedPeerRecord record, @Nullable PeerId by) {
        return verify(
                record,
                MAX_WAITING_HEARSAY,
                (begin, drop) -> turns.passedOn(by, begin, drop),
                () -> turns.distrust(by));
    }

    /**
     * The signature alone, which is all that a revocation needs of a key that has shown its proof before.
     *
     * @return completes on the loop; fails with {@link RecordRejectedException}
     */
    public CompletionStage<Void> verifySignature(SignedPeerRecord record) {
        Check check = new Check(record, (begin, drop) -> begin.run(), () -> {});
        if (!check.enters(MAX_WAITING_HEARSAY)) {
            return check.result;
        }
        check.offload(() -> signatures.valid(record) ? Look.GOOD : Look.refused(Rejection.BAD_SIGNATURE));
        return check.result;
    }

    private CompletionStage<Void> verify(SignedPeerRecord record, int mostWaiting, Queue costly, Runnable onForgery) {
        Check check = new Check(record, costly, onForgery);
        Rejection seen = glance(record.content());
        if (seen != null) {
            check.refuse(seen);
            return check.result;
        }
        if (check.enters(mostWaiting)) {
            check.offload(() -> firstLook(record));
        }
        return check.result;
    }

    /** How a costly proof waits for its turn. */
    private interface Queue {
        void add(Runnable begin, Runnable drop);
    }

    /**
     * What a look at a record came to.
     *
     * @param settled whether there is nothing more to look at
     */
    private record Look(boolean settled, @Nullable Throwable refusal) {
        static final Look GOOD = new Look(true, null);
        static final Look COSTLY = new Look(false, null);

        static Look refused(Rejection rejection) {
            return new Look(true, new RecordRejectedException(rejection));
        }
    }

    /** One record on its way through the checks. */
    private final class Check {
        final CompletableFuture<Void> result = new CompletableFuture<>();
        private final SignedPeerRecord record;
        private final Queue costly;
        private final Runnable onForgery;

        Check(SignedPeerRecord record, Queue costly, Runnable onForgery) {
            this.record = record;
            this.costly = costly;
            this.onForgery = onForgery;
        }

        boolean enters(int mostWaiting) {
            if (waiting.incrementAndGet() <= mostWaiting) {
                return true;
            }
            waiting.decrementAndGet();
            refuse(Rejection.BUSY);
            return false;
        }

        void offload(Supplier<Look> look) {
            runtime.offload().execute(() -> {
                Look seen = attempted(look);
                onLoop.execute(() -> looked(seen));
            });
        }

        private void looked(Look seen) {
            if (seen.settled()) {
                leave(seen.refusal());
                return;
            }
            costly.add(
                    () -> offload(() -> proofLook(record)),
                    () -> leave(new RecordRejectedException(Rejection.OVER_BUDGET)));
        }

        private void leave(@Nullable Throwable refusal) {
            waiting.decrementAndGet();
            if (refusal == null) {
                result.complete(null);
                return;
            }
            if (refusal instanceof RecordRejectedException known) {
                tally.count(known.rejection().drop());
                if (known.rejection().forged()) {
                    onForgery.run();
                }
            }
            result.completeExceptionally(refusal);
        }

        void refuse(Rejection rejection) {
            tally.count(rejection.drop());
            result.completeExceptionally(new RecordRejectedException(rejection));
        }
    }

    private static Look attempted(Supplier<Look> look) {
        try {
            return look.get();
        } catch (RuntimeException | Error e) {
            return new Look(true, e);
        }
    }

    private Look firstLook(SignedPeerRecord record) {
        if (!signatures.valid(record)) {
            return Look.refused(Rejection.BAD_SIGNATURE);
        }
        if (!signatures.successorValid(record)) {
            return Look.refused(Rejection.BAD_SUCCESSOR);
        }
        Proof proof = record.content().proof();
        if (!costly(proof)) {
            return proofLook(record);
        }
        return proven.contains(new Proven(record.peer(), proof)) ? Look.GOOD : Look.COSTLY;
    }

    /** An algorithm has a gate where an evaluation costs so much that junk must not reach it. */
    private boolean costly(Proof proof) {
        return primitives.proofs().apply(proof.algorithm()).gateBits() > 0;
    }

    private Look proofLook(SignedPeerRecord record) {
        return proofHolds(record.peer(), record.content().proof()) ? Look.GOOD : Look.refused(Rejection.BAD_PROOF);
    }

    /** Blocking: a proof not seen before costs one evaluation of the algorithm. */
    private boolean proofHolds(PeerId peer, Proof proof) {
        byte[] prefix = ProofPrefix.of(network, peer, proof.algorithm(), proof.parameters(), proof.epoch());
        BlockingQueue<PowKernel> idleKernels = idleKernels(new Kind(proof.algorithm(), proof.parameters()));
        PowKernel idle = idleKernels.poll();
        PowKernel kernel =
                idle == null ? primitives.proofs().apply(proof.algorithm()).newKernel(proof.parameters()) : idle;
        boolean holds = kernel.score(prefix, proof.nonce()) >= proof.bits();
        idleKernels.offer(kernel);
        if (holds && costly(proof)) {
            proven.add(new Proven(peer, proof));
        }
        return holds;
    }

    private BlockingQueue<PowKernel> idleKernels(Kind kind) {
        if (idleKernels.size() > MAX_KINDS) {
            idleKernels.clear();
        }
        return idleKernels.computeIfAbsent(kind, any -> new ArrayBlockingQueue<>(MAX_IDLE_KERNELS));
    }

    /** A map that forgets its oldest entry. */
    private static final class Recent<K> extends LinkedHashMap<K, Boolean> {
        private static final long serialVersionUID = 1L;
        private final int capacity;

        Recent(int capacity) {
            this.capacity = capacity;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Boolean> eldest) {
            return size() > capacity;
        }
    }
}
