package org.torpeer.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkPolicyTest {
    private static final Instant RAISED = Instant.parse("2026-06-01T00:00:00Z");
    private static final Duration GRACE = Duration.ofDays(14);
    private static final ProofRequirement OLD = new ProofRequirement("sha256", "", 20, 0);
    private static final ProofRequirement HIGHER = new ProofRequirement("sha256", "", 30, 0);
    private static final ProofRequirement OTHER = new ProofRequirement("scrypt", "N=1024,r=8,p=1", 18, 0);
    private static final NetworkPolicy RAISE = new NetworkPolicy(2, List.of(HIGHER), RAISED, GRACE, List.of(OLD));
    private static final Instant BEFORE = RAISED.minusSeconds(1);
    private static final Instant LAST = RAISED.plus(GRACE).minusSeconds(1);

    @Test
    void anOldProofIsAcceptedUntilTheGracePeriodEnds() {
        for (Instant time : List.of(BEFORE, RAISED, LAST)) {
            assertThat(RAISE.accepts(proof(OLD), time)).isTrue();
            assertThat(RAISE.accepts(proof(HIGHER), time)).isTrue();
        }
        assertThat(RAISE.accepts(proof(OLD), RAISE.settled())).isFalse();
        assertThat(RAISE.accepts(proof(HIGHER), RAISE.settled())).isTrue();
    }

    @Test
    void anotherAlgorithmIsAcceptedFromItsTimeOn() {
        NetworkPolicy change = new NetworkPolicy(2, List.of(OTHER), RAISED, GRACE, List.of(OLD));
        assertThat(change.accepts(proof(OTHER), BEFORE)).isFalse();
        assertThat(change.accepts(proof(OTHER), RAISED)).isTrue();
        assertThat(change.toWorkFor(BEFORE)).isEqualTo(OLD);
        assertThat(change.toWorkFor(RAISED)).isEqualTo(OTHER);
    }

    @Test
    void newProofsAreMadeForWhatIsToCome() {
        assertThat(RAISE.toWorkFor(BEFORE)).isEqualTo(HIGHER);
        assertThat(RAISE.toWorkFor(LAST)).isEqualTo(HIGHER);
    }

    @Test
    void withoutPreviousRequirementsAPolicyCountsAtOnce() {
        NetworkPolicy first = new NetworkPolicy(1, List.of(OLD, OTHER), RAISED, GRACE, List.of());
        assertThat(first.acceptedAt(BEFORE)).containsExactly(OLD, OTHER);
        NetworkPolicy builtIn = NetworkPolicy.builtIn(OLD);
        assertThat(builtIn.serial()).isZero();
        assertThat(builtIn.acceptedAt(Instant.MIN)).containsExactly(OLD);
        assertThat(builtIn.acceptedAt(Instant.MAX)).containsExactly(OLD);
    }

    @Test
    void aProofMustBeOfTheSameKindAndEpoch() {
        assertThat(OLD.metBy(new Proof("sha256", "", 20, 5, 0))).isTrue();
        assertThat(OLD.metBy(new Proof("sha256", "", 19, 5, 0))).isFalse();
        assertThat(OLD.metBy(new Proof("sha256", "x", 20, 5, 0))).isFalse();
        assertThat(OLD.metBy(new Proof("scrypt", "", 20, 5, 0))).isFalse();
        assertThat(OLD.metBy(new Proof("sha256", "", 20, 5, 1))).isFalse();
    }

    private static Proof proof(ProofRequirement requirement) {
        return new Proof(
                requirement.algorithm(), requirement.parameters(), requirement.minimumBits(), 0, requirement.epoch());
    }
}
