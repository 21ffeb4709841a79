package org.torpeer.cli;

import org.torpeer.api.InvalidInputException;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.lookup.Providers;
import picocli.CommandLine.Option;

/** Which proof of work a network demands; the same for all its nodes. */
final class ProofOptions {
    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description = "The network's proof-of-work function (default: scrypt).")
    private String algorithm = ProofRequirement.DEFAULT.algorithm();

    @Option(
            names = "--parameters",
            paramLabel = "TEXT",
            description = "Its parameters (default: N=1024,r=8,p=1; none for sha256).")
    private String parameters = UNSET;

    @Option(names = "--bits", paramLabel = "B", description = "The difficulty the network demands (default: 18).")
    private int bits = ProofRequirement.DEFAULT.minimumBits();

    @Option(
            names = "--easy",
            description = "A difficulty of well under a second, for labs and tests; excludes the options above.")
    private boolean easy;

    private static final String UNSET = "unset";

    /**
     * @throws InvalidInputException if the options do not go together, or there is no such proof
     */
    ProofRequirement requirement() {
        ProofRequirement usual = ProofRequirement.DEFAULT;
        boolean chosen =
                !parameters.equals(UNSET) || !algorithm.equals(usual.algorithm()) || bits != usual.minimumBits();
        if (easy && chosen) {
            throw new InvalidInputException("--easy goes without --algorithm, --parameters and --bits");
        }
        if (easy) {
            return ProofRequirement.EASY;
        }
        String used = parameters;
        if (parameters.equals(UNSET)) {
            used = algorithm.equals(usual.algorithm()) ? usual.parameters() : "";
        }
        Providers.powAlgorithms().require(algorithm).checkParameters(used);
        return new ProofRequirement(algorithm, used, bits, usual.epoch());
    }
}
