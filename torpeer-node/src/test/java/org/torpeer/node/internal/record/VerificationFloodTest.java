package org.torpeer.node.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.torpeer.node.internal.TestIdentities.NETWORK;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.torpeer.api.Attributes;
import org.torpeer.api.Endpoint;
import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.Proof;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.node.internal.crypto.FixedScores;
import org.torpeer.node.internal.crypto.PretendedCryptography;
import org.torpeer.node.internal.crypto.Primitives;
import org.torpeer.node.internal.tally.Drop;
import org.torpeer.node.internal.tally.Tally;
import org.torpeer.proto.RecordCodec;
import org.torpeer.transport.loopback.virtual.Conditions;
import org.torpeer.transport.loopback.virtual.VirtualRuntime;
import org.torpeer.transport.loopback.virtual.VirtualTime;

/** Junk that only an evaluation of the costly algorithm shows to be junk, in any amount, from one sender or many. */
class VerificationFloodTest {
    private static final long GOOD = 1;
    private static final ProofRequirement COSTLY = new ProofRequirement("costly", "", 20, 0);

    private final AtomicInteger evaluations = new AtomicInteger();
    private final VirtualTime time = new VirtualTime(4);
    /** Verifying takes its time, so that there is something to wait for. */
    private final VirtualRuntime runtime = time.runtime(0, new Conditions(Duration.ZERO, Duration.ofNanos(1)));

    private final Tally tally = new Tally();
    private final RecordVerifier verifier = new RecordVerifier(
            NETWORK,
            new PolicyInForce(NETWORK, null, COSTLY),
            new Primitives(PretendedCryptography.PRIMITIVES.signatures(), name -> costly()),
            tally,
            runtime);
    private final List<CompletionStage<Void>> results = new ArrayList<>();

    @Test
    void tenThousandSignedRecordsWithJunkProofsCauseAtMostTheBudgetedEvaluations() {
        PeerId flooder = PretendedCryptography.key(-1).id();
        for (int second = 0; second < 100; second++) {
            for (int i = 0; i < 100; i++) {
                passOn(record(100 * second + i, 666), flooder);
            }
            time.run(Duration.ofSeconds(second + 1));
        }
        assertThat(evaluations.get())
                .isGreaterThan(0)
                .isLessThanOrEqualTo(budget(ProofTurns.PER_SOURCE_BURST, ProofTurns.PER_SOURCE, 101));
        time.run(Duration.ofMinutes(5));
        assertThat(results)
                .hasSize(10_000)
                .allMatch(result -> result.toCompletableFuture().isCompletedExceptionally());
        assertThat(tally.of(Drop.RECORD_BAD_PROOF)).isEqualTo(evaluations.get());
        assertThat(tally.of(Drop.RECORD_BAD_PROOF) + tally.of(Drop.RECORD_OVER_BUDGET) + tally.of(Drop.RECORD_BUSY))
                .isEqualTo(10_000);
    }

    @Test
    void aFloodFromAThousandSendersKeepsToTheBudgetOfAll() {
        for (int second = 0; second < 30; second++) {
            for (int i = 0; i < 1000; i++) {
                passOn(
                        record(1000 * second + i, 666),
                        PretendedCryptography.key(-1 - i).id());
            }
            time.run(Duration.ofSeconds(second + 1));
        }
        assertThat(evaluations.get())
                .isLessThanOrEqualTo(budget(ProofTurns.ALL_SOURCES_BURST, ProofTurns.ALL_SOURCES, 31));
    }

    @Test
    void anHonestSenderAndAnHonestDialerGetTheirTurnsInTheMiddleOfAFlood() {
        for (int i = 0; i < 3000; i++) {
            passOn(record(i, 666), PretendedCryptography.key(-1 - i % 10).id());
        }
        time.run(Duration.ofSeconds(1));
        for (int i = 0; i < 300; i++) {
            passOn(record(3000 + i, 666), PretendedCryptography.key(-1 - i % 10).id());
        }
        CompletionStage<Void> told = verifier.verifyHearsay(
                record(5000, GOOD), PretendedCryptography.key(-100).id());
        CompletionStage<Void> atDoor = verifier.verify(record(5001, GOOD));
        time.run(time.elapsed().plusMillis(200));
        assertThat(atDoor).isCompleted();
        time.run(time.elapsed().plusSeconds(2));
        assertThat(told).isCompleted();
    }

    @Test
    void junkAtTheDoorKeepsToABudgetOfItsOwn() {
        for (int second = 0; second < 20; second++) {
            for (int i = 0; i < 500; i++) {
                results.add(verifier.verify(record(500 * second + i, 666)));
            }
            time.run(Duration.ofSeconds(second + 1));
        }
        assertThat(evaluations.get()).isLessThanOrEqualTo(budget(ProofTurns.DOOR_BURST, ProofTurns.DOOR, 21));
        CompletionStage<Void> told = verifier.verifyHearsay(
                record(50_000, GOOD), PretendedCryptography.key(-100).id());
        time.run(time.elapsed().plusMillis(200));
        assertThat(told).isCompleted();
    }

    @Test
    void aReplyOfGenuineRecordsIsVerifiedToItsLastOne() {
        PeerId router = PretendedCryptography.key(-1).id();
        for (int i = 0; i < 128; i++) {
            passOn(record(i, GOOD), router);
        }
        time.run(Duration.ofMinutes(1));
        assertThat(results)
                .hasSize(128)
                .allMatch(result -> result.toCompletableFuture().isDone())
                .noneMatch(result -> result.toCompletableFuture().isCompletedExceptionally());
        int first = evaluations.get();
        for (int i = 0; i < 128; i++) {
            passOn(record(i, GOOD), router);
        }
        time.run(time.elapsed().plusSeconds(1));
        assertThat(evaluations.get()).as("cached by key and proof").isEqualTo(first);
    }

    @Test
    void whatWaitsOfASenderIsDroppedWhenOneOfItsRecordsIsForged() {
        PeerId mallory = PretendedCryptography.key(-1).id();
        for (int i = 0; i < 100; i++) {
            passOn(record(i, i < 40 ? 666 : GOOD), mallory);
        }
        time.run(Duration.ofSeconds(1));
        assertThat(results).allMatch(result -> result.toCompletableFuture().isDone());
        assertThat(tally.of(Drop.RECORD_OVER_BUDGET)).isEqualTo(100 - ProofTurns.PER_SOURCE_BURST);
    }

    private static int budget(int burst, double perSecond, int seconds) {
        return burst + (int) Math.ceil(perSecond * seconds);
    }

    private void passOn(SignedPeerRecord record, PeerId by) {
        results.add(verifier.verifyHearsay(record, by));
    }

    private SignedPeerRecord record(int number, long nonce) {
        OnionKey key = PretendedCryptography.key(number);
        PeerRecord content = new PeerRecord(
                new Endpoint(key.id(), Endpoint.DEFAULT_PORT),
                1,
                Instant.parse("2026-01-01T00:00:00Z"),
                Duration.ofHours(24),
                PeerState.ACTIVE,
                Role.PARTICIPANT,
                List.of(),
                new Proof("costly", "", 20, nonce, 0),
                Attributes.NONE);
        return RecordCodec.sign(content, NETWORK, key);
    }

    /** Has a gate, hence is costly; junk passes the gate here. */
    private PowAlgorithm costly() {
        return new FixedScores("costly", 10, nonce -> {
            evaluations.incrementAndGet();
            return nonce == GOOD ? 30 : 0;
        });
    }
}
