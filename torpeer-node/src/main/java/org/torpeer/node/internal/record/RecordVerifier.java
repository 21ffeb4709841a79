package org.torpeer.node.internal.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
import org.torpeer.proto.ProofPrefix;

/**
 * Decides whether a record that decoded is genuine, cheapest check first: what the network demands of the proof, time,
 * claimed bits, then off the loop the key and signature, and last the proof of work. Proofs that held are remembered.
 * Safe for several threads.
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
    private final NodeRuntime runtime;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Set<Proven> proven = Collections.synchronizedSet(Collections.newSetFromMap(new Recent<>(MAX_PROVEN)));
    private final Map<Kind, BlockingQueue<PowKernel>> idleKernels = new ConcurrentHashMap<>();

    /** What a kernel is good for; the policy bounds how many kinds there are. */
    private record Kind(String algorithm, String parameters) {}

    /** What a proof is remembered by: all that its verification depends on. */
    private record Proven(PeerId peer, Proof proof) {}

    public RecordVerifier(NetworkId network, PolicyInForce policy, Primitives primitives, NodeRuntime runtime) {
        this.network = network;
        this.policy = policy;
        this.primitives = primitives;
        this.signatures = new RecordSignatures(network, primitives.signatures());
        this.runtime = runtime;
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
        List<ProofRequirement> ofKind = policy.current().acceptedAt(now).stream()
                .filter(requirement -> requirement.sameKind(proof))
                .toList();
        if (ofKind.isEmpty()) {
            return Rejection.WRONG_ALGORITHM;
        }
        if (ofKind.stream().noneMatch(requirement -> requirement.epoch() == proof.epoch())) {
            return Rejection.WRONG_EPOCH;
        }
        boolean timeless = record.state() == PeerState.REVOKED;
        if (!timeless && record.issued().isAfter(now.plus(CLOCK_SKEW))) {
            return Rejection.FROM_THE_FUTURE;
        }
        if (!timeless && !now.isBefore(record.expires())) {
            return Rejection.EXPIRED;
        }
        return ofKind.stream().anyMatch(requirement -> requirement.metBy(proof)) ? null : Rejection.PROOF_TOO_SMALL;
    }

    /**
     * All checks, of a record that its owner shows in a handshake.
     *
     * @return completes on the loop; fails with {@link RecordRejectedException}
     */
    public CompletionStage<Void> verify(SignedPeerRecord record) {
        return verify(record, MAX_WAITING);
    }

    /** As {@link #verify(SignedPeerRecord)}, of a record that somebody passed on. */
    public CompletionStage<Void> verifyHearsay(SignedPeerRecord record) {
        return verify(record, MAX_WAITING_HEARSAY);
    }

    private CompletionStage<Void> verify(SignedPeerRecord record, int mostWaiting) {
        Rejection seen = glance(record.content());
        if (seen != null) {
            return CompletableFuture.failedStage(new RecordRejectedException(seen));
        }
        return offloaded(() -> refusal(record), mostWaiting);
    }

    /**
     * The signature alone, which is all that a revocation needs of a key that has shown its proof before.
     *
     * @return completes on the loop; fails with {@link RecordRejectedException}
     */
    public CompletionStage<Void> verifySignature(SignedPeerRecord record) {
        return offloaded(
                () -> signatures.valid(record) ? null : new RecordRejectedException(Rejection.BAD_SIGNATURE),
                MAX_WAITING_HEARSAY);
    }

    private CompletionStage<Void> offloaded(Supplier<@Nullable Throwable> check, int mostWaiting) {
        if (waiting.incrementAndGet() > mostWaiting) {
            waiting.decrementAndGet();
            return CompletableFuture.failedStage(new RecordRejectedException(Rejection.BUSY));
        }
        CompletableFuture<Void> result = new CompletableFuture<>();
        runtime.offload().execute(() -> {
            Throwable refusal = check.get();
            waiting.decrementAndGet();
            runtime.loop().execute(() -> {
                if (refusal == null) {
                    result.complete(null);
                } else {
                    result.completeExceptionally(refusal);
                }
            });
        });
        return result;
    }

    private @Nullable Throwable refusal(SignedPeerRecord record) {
        try {
            if (!signatures.valid(record)) {
                return new RecordRejectedException(Rejection.BAD_SIGNATURE);
            }
            if (!signatures.successorValid(record)) {
                return new RecordRejectedException(Rejection.BAD_SUCCESSOR);
            }
            return proofHolds(record.peer(), record.content().proof())
                    ? null
                    : new RecordRejectedException(Rejection.BAD_PROOF);
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    /** Blocking: a proof not seen before costs one evaluation of the algorithm. */
    private boolean proofHolds(PeerId peer, Proof proof) {
        Proven seen = new Proven(peer, proof);
        if (proven.contains(seen)) {
            return true;
        }
        byte[] prefix = ProofPrefix.of(network, peer, proof.algorithm(), proof.parameters(), proof.epoch());
        BlockingQueue<PowKernel> idleKernels = idleKernels(new Kind(proof.algorithm(), proof.parameters()));
        PowKernel idle = idleKernels.poll();
        PowKernel kernel =
                idle == null ? primitives.proofs().apply(proof.algorithm()).newKernel(proof.parameters()) : idle;
        boolean holds = kernel.score(prefix, proof.nonce()) >= proof.bits();
        idleKernels.offer(kernel);
        if (holds) {
            proven.add(seen);
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
