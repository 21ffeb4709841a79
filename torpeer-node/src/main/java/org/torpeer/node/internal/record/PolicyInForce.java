package org.torpeer.node.internal.record;

import org.jspecify.annotations.Nullable;
import org.torpeer.api.NetworkId;
import org.torpeer.api.NetworkPolicy;
import org.torpeer.api.PeerId;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.SignedNetworkPolicy;
import org.torpeer.proto.PolicyCodec;

/** The newest policy of the network that we have; without an operator that is for ever the one built in. Safe for several threads. */
public final class PolicyInForce {
    private final NetworkId network;
    private final @Nullable PeerId operator;
    private volatile NetworkPolicy current;
    private volatile @Nullable SignedNetworkPolicy signed;

    /**
     * @param operator whose policies count, null if nobody's
     * @param builtIn what counts until there is one
     */
    public PolicyInForce(NetworkId network, @Nullable PeerId operator, ProofRequirement builtIn) {
        this.network = network;
        this.operator = operator;
        this.current = NetworkPolicy.builtIn(builtIn);
    }

    public NetworkPolicy current() {
        return current;
    }

    /** The current policy as its operator signed it, null if it is the one built in. */
    public @Nullable SignedNetworkPolicy signed() {
        return signed;
    }

    /** Whether the policy would replace the current one if it proved genuine; costs nothing. */
    public boolean wants(SignedNetworkPolicy policy) {
        return operator != null && policy.content().serial() > current.serial();
    }

    /** Whether the operator signed the policy for this network. */
    public boolean genuine(SignedNetworkPolicy policy) {
        PeerId signer = operator;
        return signer != null && PolicyCodec.signatureValid(policy, network, signer);
    }

    /**
     * Puts a genuine policy in force.
     *
     * @return whether it was news
     */
    public synchronized boolean take(SignedNetworkPolicy policy) {
        if (!wants(policy)) {
            return false;
        }
        current = policy.content();
        signed = policy;
        return true;
    }
}
