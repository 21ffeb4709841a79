package org.torpeer.cli.node;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkPolicy;
import org.torpeer.api.Proof;
import org.torpeer.api.ProofRequirement;
import org.torpeer.cli.admin.AdminException;

/** What a network demands, in words and as JSON. */
public final class PolicyFacts {
    private static final String POLICY = "policy";

    private PolicyFacts() {}

    /** What a policy says, whoever it is for. */
    public static Map<String, Object> of(NetworkPolicy policy) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("serial", policy.serial());
        put(facts, policy.requirements().get(0));
        if (policy.serial() > 0) {
            facts.put("effective", policy.effective().toString());
            facts.put("settled", policy.settled().toString());
        }
        return facts;
    }

    /** What a node is to work for now, and what becomes of the proof it has. */
    static Map<String, Object> of(NetworkPolicy policy, Proof own, Instant now) {
        Map<String, Object> facts = of(policy);
        put(facts, policy.toWorkFor(now));
        facts.put("ownProof", fate(policy, own, now));
        return facts;
    }

    /**
     * What the status of a node says that new proofs are to meet.
     *
     * @throws AdminException if it does not say
     */
    public static ProofRequirement wanted(Map<String, Object> status) {
        if (status.get(POLICY) instanceof Map<?, ?> facts
                && facts.get("algorithm") instanceof String algorithm
                && facts.get("parameters") instanceof String parameters
                && facts.get("bits") instanceof Long bits
                && facts.get("epoch") instanceof Long epoch) {
            try {
                return new ProofRequirement(algorithm, parameters, Math.toIntExact(bits), epoch.intValue());
            } catch (InvalidInputException | ArithmeticException e) {
                throw new AdminException(AdminException.Type.FAILED, "the node's answer is not understood");
            }
        }
        throw new AdminException(
                AdminException.Type.STARTING, "the node does not say yet what its network demands: try again later");
    }

    /** A requirement in a few words. */
    public static String text(ProofRequirement requirement) {
        return requirement.algorithm()
                + (requirement.parameters().isEmpty() ? "" : " " + requirement.parameters())
                + " at " + requirement.minimumBits() + " bits"
                + (requirement.epoch() == 0 ? "" : " in epoch " + Integer.toUnsignedString(requirement.epoch()));
    }

    private static String fate(NetworkPolicy policy, Proof own, Instant now) {
        if (!policy.accepts(own, now)) {
            return "refused";
        }
        return policy.accepts(own, policy.settled()) ? "accepted" : "accepted until " + policy.settled();
    }

    private static void put(Map<String, Object> facts, ProofRequirement requirement) {
        facts.put("algorithm", requirement.algorithm());
        facts.put("parameters", requirement.parameters());
        facts.put("bits", requirement.minimumBits());
        facts.put("epoch", Integer.toUnsignedLong(requirement.epoch()));
    }
}
