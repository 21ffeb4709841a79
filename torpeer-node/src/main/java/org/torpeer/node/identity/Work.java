package org.torpeer.node.identity;

import org.torpeer.api.Proof;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.proto.ProofPrefix;

/** Looks at an identity's own proof, at the cost of one evaluation. */
final class Work {
    private Work() {}

    /**
     * @throws org.torpeer.api.lookup.ProviderNotFoundException if the algorithm is not present
     * @throws org.torpeer.api.InvalidInputException if its parameters are refused
     */
    static boolean holds(Identity identity) {
        Proof proof = identity.proof();
        PowKernel kernel = Providers.powAlgorithms().require(proof.algorithm()).newKernel(proof.parameters());
        byte[] prefix =
                ProofPrefix.of(identity.network(), identity.id(), proof.algorithm(), proof.parameters(), proof.epoch());
        return kernel.score(prefix, proof.nonce()) >= proof.bits();
    }
}
