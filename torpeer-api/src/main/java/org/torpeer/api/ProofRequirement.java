package org.torpeer.api;

/**
 * What a network demands of a proof. Algorithm and parameters come from here and never from a peer, so a peer cannot
 * choose how much memory or time its verification takes.
 *
 * @param algorithm name of the algorithm
 * @param parameters its parameters in canonical form
 * @param minimumBits least number of bits, 0 to 255
 * @param epoch the epoch proofs must be made for
 */
public record ProofRequirement(String algorithm, String parameters, int minimumBits, int epoch) {
    /** For a new public network: about 13 core-minutes of one ordinary machine. */
    public static final ProofRequirement DEFAULT = new ProofRequirement("scrypt", "N=1024,r=8,p=1", 18, 0);

    /** For labs, demonstrations and tests: well under a second. */
    public static final ProofRequirement EASY = new ProofRequirement("scrypt", "N=1024,r=8,p=1", 5, 0);

    public ProofRequirement {
        if (minimumBits < 0 || minimumBits > 255) {
            throw new InvalidInputException("a difficulty is 0 to 255 bits, not " + minimumBits);
        }
    }

    /** Whether a proof claims what is demanded here; whether it holds is another matter. */
    public boolean metBy(Proof proof) {
        return sameKind(proof) && proof.epoch() == epoch && proof.bits() >= minimumBits;
    }

    /** Whether a proof is of this algorithm with these parameters. */
    public boolean sameKind(Proof proof) {
        return proof.algorithm().equals(algorithm) && proof.parameters().equals(parameters);
    }
}
