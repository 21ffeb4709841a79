package org.torpeer.node.identity;

import java.nio.file.Path;
import org.torpeer.api.NetworkId;
import org.torpeer.api.OnionKey;
import org.torpeer.api.Operation;
import org.torpeer.api.Proof;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.api.spi.pow.Miner;
import org.torpeer.api.spi.pow.MiningJob;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.proto.ProofPrefix;
import org.torpeer.proto.key.OnionServiceDirectory;
import org.torpeer.proto.key.SeedKey;

/** Makes identities: a key, fresh or brought along, and the work that its network demands. */
public final class IdentityMaker {
    private final NodeRuntime runtime;

    public IdentityMaker(NodeRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Starts to work for a fresh key.
     *
     * @param threads at least 1
     * @return reports progress while mining
     * @throws org.torpeer.api.lookup.ProviderNotFoundException if the algorithm or the miner is not present
     */
    public Operation<Identity> create(NetworkId network, ProofRequirement requirement, int threads) {
        return create(SeedKey.generate(runtime.random()), network, requirement, threads);
    }

    /** Starts to work for a key that exists already; otherwise as {@link #create(NetworkId, ProofRequirement, int)}. */
    public Operation<Identity> create(OnionKey key, NetworkId network, ProofRequirement requirement, int threads) {
        PowAlgorithm algorithm = Providers.powAlgorithms().require(requirement.algorithm());
        byte[] prefix = ProofPrefix.of(
                network, key.id(), requirement.algorithm(), requirement.parameters(), requirement.epoch());
        MiningJob job = new MiningJob(
                algorithm,
                requirement.parameters(),
                prefix,
                requirement.minimumBits(),
                runtime.random().nextLong(),
                threads);
        Operation<Long> mining = Providers.miners().require(Miner.KERNEL).mine(job, runtime);
        Promise<Identity> made = new Promise<>();
        mining.onProgress(made::report);
        made.onCancel(mining::cancel);
        made.follow(mining.completion()
                .thenApply(nonce -> new Identity(
                        key,
                        network,
                        new Proof(
                                requirement.algorithm(),
                                requirement.parameters(),
                                requirement.minimumBits(),
                                nonce,
                                requirement.epoch()))));
        return made;
    }

    /**
     * Starts to work for the key of an onion service, whose directory stays as it is.
     *
     * @param directory {@code HiddenServiceDir} of Tor's configuration
     * @throws org.torpeer.api.InvalidInputException if it cannot be read or is not such
     */
    public Operation<Identity> importFrom(
            Path directory, NetworkId network, ProofRequirement requirement, int threads) {
        return create(OnionServiceDirectory.read(directory), network, requirement, threads);
    }

    /**
     * Starts to work for a better proof of an identity, to be kept by {@link IdentityFile#raise}.
     *
     * @throws IdentityException if the identity's proof is as good already
     */
    public Operation<Identity> raise(Identity identity, ProofRequirement requirement, int threads) {
        if (requirement.metBy(identity.proof())) {
            throw new IdentityException("the proof has " + identity.proof().bits() + " bits already, and "
                    + requirement.minimumBits() + " are asked for: ask for more");
        }
        return create(identity.key(), identity.network(), requirement, threads);
    }
}
