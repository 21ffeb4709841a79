package org.torpeer.node.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.NetworkPolicy;
import org.torpeer.api.OnionKey;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.SignedNetworkPolicy;
import org.torpeer.api.lookup.Providers;
import org.torpeer.proto.PolicyCodec;

/** An operator's side of a network's policy: makes the next one, such that no proof is refused before its time. */
public final class PolicyMaker {
    /** How long old proofs stay accepted unless said otherwise. */
    public static final Duration DEFAULT_GRACE = Duration.ofDays(14);

    private final NetworkId network;
    private final OnionKey operator;

    public PolicyMaker(NetworkId network, OnionKey operator) {
        this.network = network;
        this.operator = operator;
    }

    /**
     * The policy after {@code current}: from {@code effective} on, the requirements; until {@code grace} after that, also
     * what {@code current} accepts from now until then.
     *
     * @param current the newest policy, or {@link NetworkPolicy#builtIn} if there was none
     * @param requirements the first is what new proofs are made for
     * @throws InvalidInputException if a requirement cannot be met by any algorithm here, a time is out of range, or more
     *     than {@link NetworkPolicy#MAX_REQUIREMENTS} would have to stay accepted
     */
    public SignedNetworkPolicy next(
            NetworkPolicy current,
            List<ProofRequirement> requirements,
            Instant effective,
            Duration grace,
            Instant now) {
        requirements.forEach(PolicyMaker::requirePossible);
        if (grace.isNegative() || grace.compareTo(PolicyCodec.MAX_GRACE) > 0) {
            throw new InvalidInputException("a policy's grace period is at most " + PolicyCodec.MAX_GRACE.toDays()
                    + " days, not " + grace.toDays());
        }
        Instant from = effective.truncatedTo(ChronoUnit.SECONDS);
        if (from.isAfter(PolicyCodec.LATEST)) {
            throw new InvalidInputException("a policy takes effect before the year 10000");
        }
        List<ProofRequirement> previous = new ArrayList<>();
        for (Instant time : List.of(now, from)) {
            current.acceptedAt(time).forEach(requirement -> keep(previous, requirement));
        }
        if (previous.size() > NetworkPolicy.MAX_REQUIREMENTS) {
            throw new InvalidInputException("more than " + NetworkPolicy.MAX_REQUIREMENTS
                    + " requirements are accepted in the current grace period: wait until " + current.settled());
        }
        NetworkPolicy next = new NetworkPolicy(current.serial() + 1, requirements, from, grace, previous);
        return PolicyCodec.sign(next, network, operator);
    }

    /** Of two floors of the same kind of proof the lower stays accepted. */
    private static void keep(List<ProofRequirement> kept, ProofRequirement also) {
        for (int i = 0; i < kept.size(); i++) {
            ProofRequirement known = kept.get(i);
            boolean sameKind = known.algorithm().equals(also.algorithm())
                    && known.parameters().equals(also.parameters())
                    && known.epoch() == also.epoch();
            if (sameKind) {
                kept.set(i, known.minimumBits() <= also.minimumBits() ? known : also);
                return;
            }
        }
        kept.add(also);
    }

    private static void requirePossible(ProofRequirement requirement) {
        Providers.powAlgorithms().require(requirement.algorithm()).checkParameters(requirement.parameters());
    }
}
