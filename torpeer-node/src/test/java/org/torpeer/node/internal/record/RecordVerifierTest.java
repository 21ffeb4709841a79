package org.torpeer.node.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.torpeer.node.internal.TestIdentities.EASY;
import static org.torpeer.node.internal.TestIdentities.NETWORK;
import static org.torpeer.node.internal.TestIdentities.issuedAt;
import static org.torpeer.node.internal.TestIdentities.withProof;
import static org.torpeer.node.internal.TestIdentities.withState;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.torpeer.api.NetworkId;
import org.torpeer.api.NetworkPolicy;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.Proof;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.Successor;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.node.internal.ShiftedRuntime;
import org.torpeer.node.internal.TestIdentities;
import org.torpeer.node.internal.crypto.Primitives;
import org.torpeer.node.internal.crypto.SignatureScheme;
import org.torpeer.node.internal.tally.Tally;
import org.torpeer.proto.PolicyCodec;
import org.torpeer.proto.RecordCodec;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.testkit.TestSeed;

class RecordVerifierTest {
    private static final PolicyInForce POLICY = new PolicyInForce(NETWORK, null, EASY);

    private final NodeRuntime runtime = NodeRuntime.system("verifier-test");
    private final Instant now = runtime.clock().instant();
    private final TestIdentities identities = new TestIdentities(TestSeed.random("RecordVerifierTest"), now);
    private final SeedKey key = identities.key();
    private final Counting algorithm = new Counting(Providers.powAlgorithms().require("sha256"));
    private final Primitives primitives = new Primitives(SignatureScheme.ED25519, name -> algorithm);
    private final Tally tally = new Tally();
    private final RecordVerifier verifier = new RecordVerifier(NETWORK, POLICY, primitives, tally, runtime);

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void aGenuineRecordIsTakenAndACostlyProofComputedOnce() throws Exception {
        SignedPeerRecord record = identities.record(key);
        verify(record);
        verify(record);
        assertThat(algorithm.scores.get()).isEqualTo(2);
        algorithm.gate = 1;
        verify(record);
        verify(record);
        assertThat(algorithm.scores.get()).isEqualTo(3);
    }

    @Test
    void timeIsCheckedAtItsBoundaries() throws Exception {
        refused(Rejection.EXPIRED, identities.record(key, r -> issuedAt(r, now.minus(Duration.ofHours(25)))));
        refused(Rejection.FROM_THE_FUTURE, identities.record(key, r -> issuedAt(r, now.plus(Duration.ofMinutes(21)))));
        verify(identities.record(key, r -> issuedAt(r, now.minus(Duration.ofHours(23)))));
        verify(identities.record(key, r -> issuedAt(r, now.plus(Duration.ofMinutes(10)))));
    }

    @Test
    void theNetworkChoosesTheAlgorithmNotThePeer() {
        refused(
                Rejection.WRONG_ALGORITHM,
                identities.record(key, r -> withProof(r, new Proof("scrypt", "N=65536,r=8,p=1", 200, 1, 0))));
        refused(
                Rejection.WRONG_ALGORITHM,
                identities.record(key, r -> withProof(r, new Proof("sha256", "x", 200, 1, 0))));
        refused(Rejection.WRONG_EPOCH, identities.record(key, r -> withProof(r, new Proof("sha256", "", 200, 1, 1))));
        assertThat(algorithm.scores.get()).isZero();
    }

    @Test
    void aProofTooSmallOrNotTrueIsRefused() {
        Proof genuine = identities.proof(key, NETWORK, EASY.minimumBits());
        refused(
                Rejection.PROOF_TOO_SMALL,
                identities.record(
                        key, r -> withProof(r, new Proof("sha256", "", EASY.minimumBits() - 1, genuine.nonce(), 0))));
        refused(
                Rejection.BAD_PROOF,
                identities.record(key, r -> withProof(r, new Proof("sha256", "", 200, genuine.nonce(), 0))));
    }

    @Test
    void aProofForAnotherKeyOrNetworkIsRefused() {
        SeedKey other = identities.key();
        NetworkId elsewhere = NetworkId.of("elsewhere");
        refused(
                Rejection.BAD_PROOF,
                identities.record(key, r -> withProof(r, stronger(identities.proof(other, NETWORK, 20)))));
        refused(
                Rejection.BAD_PROOF,
                identities.record(key, r -> withProof(r, stronger(identities.proof(key, elsewhere, 20)))));
    }

    @Test
    void aSignatureForAnotherNetworkOrByAnotherKeyIsRefusedBeforeItsProofIsLookedAt() {
        SignedPeerRecord elsewhere = RecordCodec.sign(identities.content(key), NetworkId.of("elsewhere"), key);
        refused(Rejection.BAD_SIGNATURE, elsewhere);
        SignedPeerRecord genuine = identities.record(key);
        byte[] signature = genuine.signature();
        signature[3] ^= 1;
        refused(Rejection.BAD_SIGNATURE, new SignedPeerRecord(genuine.content(), genuine.payload(), signature));
        assertThat(algorithm.scores.get()).isZero();
    }

    @Test
    void aRevocationIsOfAnyTimeAndStillNeedsSignatureAndProof() throws Exception {
        SignedPeerRecord old = identities.record(
                key, r -> withState(issuedAt(r, Instant.EPOCH), PeerState.REVOKED, RecordCodec.REVOKED_SEQUENCE));
        verify(old);
        verifier.verifySignature(old).toCompletableFuture().get(20, TimeUnit.SECONDS);
        byte[] signature = old.signature();
        signature[3] ^= 1;
        SignedPeerRecord forged = new SignedPeerRecord(old.content(), old.payload(), signature);
        refused(Rejection.BAD_SIGNATURE, forged);
        assertThat(verifier.verifySignature(forged)).failsWithin(Duration.ofSeconds(20));
        refused(
                Rejection.BAD_PROOF,
                identities.record(
                        key,
                        r -> withProof(
                                withState(r, PeerState.REVOKED, RecordCodec.REVOKED_SEQUENCE),
                                new Proof("sha256", "", 200, 1, 0))));
    }

    @Test
    void aSuccessorThatDidNotAgreeIsRefused() throws Exception {
        SeedKey next = identities.key();
        verify(handover(RecordCodec.consent(next, key.id(), NETWORK)));
        refused(Rejection.BAD_SUCCESSOR, handover(RecordCodec.consent(next, next.id(), NETWORK)));
        refused(Rejection.BAD_SUCCESSOR, handover(RecordCodec.consent(next, key.id(), NetworkId.of("elsewhere"))));
        refused(
                Rejection.BAD_SUCCESSOR,
                handover(new Successor(
                        identities.key().id(),
                        RecordCodec.consent(next, key.id(), NETWORK).signature())));
    }

    @Test
    void aRaiseRefusesOldProofsOnlyAfterItsGracePeriod() throws Exception {
        SeedKey operator = identities.key();
        ProofRequirement higher = new ProofRequirement("sha256", "", 12, 0);
        NetworkPolicy raise = new NetworkPolicy(
                1,
                List.of(higher),
                now.truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofHours(1)),
                Duration.ofHours(2),
                List.of(EASY));
        PolicyInForce policy = new PolicyInForce(NETWORK, operator.id(), EASY);
        assertThat(policy.take(PolicyCodec.sign(raise, NETWORK, operator))).isTrue();
        ShiftedRuntime time = new ShiftedRuntime(runtime);
        RecordVerifier raised = new RecordVerifier(NETWORK, policy, primitives, tally, time);
        SignedPeerRecord old = identities.record(key);
        SignedPeerRecord better = identities.record(key, r -> withProof(r, identities.proof(key, NETWORK, 12)));
        for (Duration within : List.of(Duration.ZERO, Duration.ofMinutes(61), Duration.ofMinutes(179))) {
            time.ahead(within);
            assertThat(raised.glance(old.content())).isNull();
            assertThat(raised.glance(better.content())).isNull();
        }
        raised.verify(better).toCompletableFuture().get(20, TimeUnit.SECONDS);
        time.ahead(Duration.ofMinutes(181));
        assertThat(raised.glance(old.content())).isEqualTo(Rejection.PROOF_TOO_SMALL);
        assertThat(raised.glance(better.content())).isNull();
    }

    private SignedPeerRecord handover(Successor successor) {
        return identities.record(
                key,
                r -> new PeerRecord(
                        r.endpoint(),
                        RecordCodec.HANDOVER_SEQUENCE,
                        r.issued(),
                        r.lifetime(),
                        PeerState.LEAVING,
                        r.role(),
                        r.protocols(),
                        r.proof(),
                        r.attributes(),
                        successor));
    }

    @Test
    void whatWaitsIsBounded() {
        // Nothing is taken off the queue here, so all but the first ones must be refused at once.
        NodeRuntime stuck = new StuckRuntime(runtime);
        RecordVerifier bounded = new RecordVerifier(NETWORK, POLICY, primitives, tally, stuck);
        SignedPeerRecord record = identities.record(key);
        int refusedAtOnce = 0;
        for (int i = 0; i < RecordVerifier.MAX_WAITING + 100; i++) {
            CompletableFuture<Void> result = bounded.verify(record).toCompletableFuture();
            refusedAtOnce += result.isCompletedExceptionally() ? 1 : 0;
        }
        assertThat(refusedAtOnce).isEqualTo(100);
    }

    /** The same nonce with a claim no lucky hash meets. */
    private static Proof stronger(Proof proof) {
        return new Proof(proof.algorithm(), proof.parameters(), 100, proof.nonce(), proof.epoch());
    }

    private void verify(SignedPeerRecord record) throws Exception {
        verifier.verify(record).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private void refused(Rejection rejection, SignedPeerRecord record) {
        assertThatThrownBy(() -> verify(record))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RecordRejectedException.class,
                        e -> assertThat(e.rejection()).isEqualTo(rejection));
    }

    /** Counts evaluations. */
    private static final class Counting implements PowAlgorithm {
        private final PowAlgorithm real;
        private final AtomicInteger scores = new AtomicInteger();
        private volatile int gate;

        Counting(PowAlgorithm real) {
            this.real = real;
        }

        @Override
        public String name() {
            return real.name();
        }

        @Override
        public int gateBits() {
            return gate;
        }

        @Override
        public void checkParameters(String parameters) {
            real.checkParameters(parameters);
        }

        @Override
        public long memoryBytes(String parameters) {
            return real.memoryBytes(parameters);
        }

        @Override
        public PowKernel newKernel(String parameters) {
            PowKernel kernel = real.newKernel(parameters);
            return new PowKernel() {
                @Override
                public int score(byte[] prefix, long nonce) {
                    scores.incrementAndGet();
                    return kernel.score(prefix, nonce);
                }

                @Override
                public int search(byte[] prefix, long first, int count, int bits) {
                    return kernel.search(prefix, first, count, bits);
                }
            };
        }
    }
}
