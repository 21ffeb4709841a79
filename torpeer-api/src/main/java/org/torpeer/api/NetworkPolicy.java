package org.torpeer.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a network demands of proofs, and from when. From {@link #effective} on, {@link #requirements} are accepted. What
 * was accepted before, {@link #previous}, stays accepted for a grace period after that, so that a raise never splits a
 * network whose nodes make their new proofs one by one. A policy says all of this itself: whoever has the newest needs
 * none of the older ones.
 *
 * @param serial positive; the higher of two policies of a network replaces the lower. 0 is what a node was built with
 * @param requirements 1 to {@link #MAX_REQUIREMENTS} of which a proof meets one; new proofs are made for the first
 * @param effective whole seconds
 * @param grace whole seconds, not negative
 * @param previous at most {@link #MAX_REQUIREMENTS}; if there are none, {@code requirements} are accepted at any time
 */
public record NetworkPolicy(
        long serial,
        List<ProofRequirement> requirements,
        Instant effective,
        Duration grace,
        List<ProofRequirement> previous) {
    /** Most requirements that are accepted at a time. */
    public static final int MAX_REQUIREMENTS = 4;

    public NetworkPolicy {
        requirements = List.copyOf(requirements);
        previous = List.copyOf(previous);
    }

    /** The policy of a network whose operator has not spoken. */
    public static NetworkPolicy builtIn(ProofRequirement requirement) {
        return new NetworkPolicy(0, List.of(requirement), Instant.EPOCH, Duration.ZERO, List.of());
    }

    /** The first moment at which {@link #requirements} alone count. */
    public Instant settled() {
        return effective.plus(grace);
    }

    /** The requirements of which a proof has to meet one at that time. */
    public List<ProofRequirement> acceptedAt(Instant time) {
        if (previous.isEmpty() || !time.isBefore(settled())) {
            return requirements;
        }
        if (time.isBefore(effective)) {
            return previous;
        }
        List<ProofRequirement> both = new ArrayList<>(requirements);
        previous.stream().filter(requirement -> !both.contains(requirement)).forEach(both::add);
        return List.copyOf(both);
    }

    /** Whether a proof meets what is demanded at that time; whether it holds is another matter. */
    public boolean accepts(Proof proof, Instant time) {
        return acceptedAt(time).stream().anyMatch(requirement -> requirement.metBy(proof));
    }

    /**
     * What a proof that is begun at that time should meet: the first requirement, unless such a proof would not be
     * accepted yet.
     */
    public ProofRequirement toWorkFor(Instant time) {
        ProofRequirement first = requirements.get(0);
        List<ProofRequirement> accepted = acceptedAt(time);
        Proof made = new Proof(first.algorithm(), first.parameters(), first.minimumBits(), 0, first.epoch());
        return accepted.stream().anyMatch(requirement -> requirement.metBy(made)) ? first : accepted.get(0);
    }
}
