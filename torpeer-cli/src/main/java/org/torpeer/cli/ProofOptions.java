package org.torpeer.cli;

import org.jspecify.annotations.Nullable;
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
    private @Nullable String algorithm;

    @Option(
            names = "--parameters",
            paramLabel = "TEXT",
            description = "Its parameters (default: N=1024,r=8,p=1; none for sha256).")
    private @Nullable String parameters;

    @Option(names = "--bits", paramLabel = "B", description = "The difficulty the network demands (default: 18).")
    private @Nullable Integer bits;

    @Option(
            names = "--easy",
            description = "A difficulty of well under a second, for labs and tests; excludes the options above.")
    private boolean easy;

    /**
     * @throws InvalidInputException if the options do not go together, or there is no such proof
     */
    ProofRequirement requirement() {
        return requirement(ProofRequirement.DEFAULT.epoch());
    }

    /** As {@link #requirement()}, of an epoch. */
    ProofRequirement requirement(int epoch) {
        ProofRequirement usual = easy ? ProofRequirement.EASY : ProofRequirement.DEFAULT;
        if (easy && (algorithm != null || parameters != null || bits != null)) {
            throw new InvalidInputException("--easy goes without --algorithm, --parameters and --bits");
        }
        String function = algorithm == null ? usual.algorithm() : algorithm;
        return possible(new ProofRequirement(
                function,
                parameters == null ? usualParameters(function) : parameters,
                bits == null ? usual.minimumBits() : bits,
                epoch));
    }

    /** The parameters of a function where nothing is said. */
    static String usualParameters(String function) {
        ProofRequirement usual = ProofRequirement.DEFAULT;
        return function.equals(usual.algorithm()) ? usual.parameters() : "";
    }

    /**
     * The requirement itself.
     *
     * @throws InvalidInputException if its algorithm is not here or refuses the parameters, or the epoch is negative
     */
    static ProofRequirement possible(ProofRequirement requirement) {
        if (requirement.epoch() < 0) {
            throw new InvalidInputException("epochs are counted from 0");
        }
        Providers.powAlgorithms().require(requirement.algorithm()).checkParameters(requirement.parameters());
        return requirement;
    }
}
