package org.torpeer.node.identity;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.function.Supplier;
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

/**
 * Makes identities: a key, fresh or brought along, and the work that its network demands. With a draft, work that was
 * stopped or killed goes on when it is asked for again: with the same key, and but for its last seconds none of it is done
 * twice. Whoever asked keeps the result, and discards the draft then.
 *
 * <p>All methods that work throw {@link org.torpeer.api.lookup.ProviderNotFoundException} if the algorithm or the miner is
 * not present, and those with a draft or checkpoint {@link org.torpeer.api.TorPeerException} if its files are damaged, of
 * something else, or cannot be written: they are as they were then.
 */
public final class IdentityMaker {
    private static final int CHECKPOINT_NAME_BYTES = 8;

    private final NodeRuntime runtime;

    public IdentityMaker(NodeRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Starts to work for a fresh key, of which nothing is kept.
     *
     * @param threads at least 1
     * @return reports progress while mining
     */
    public Operation<Identity> create(NetworkId network, ProofRequirement requirement, int threads) {
        return create(fresh(), network, requirement, threads);
    }

    /** Starts to work for a key that exists already; nothing is kept. */
    public Operation<Identity> create(OnionKey key, NetworkId network, ProofRequirement requirement, int threads) {
        return mine(key, network, requirement, threads, runtime.random().nextLong(), this::mine);
    }

    /**
     * Starts to work for the key of the draft, or for a fresh one that it keeps from now on.
     *
     * @param passphrase of the draft and of the identity to be, empty if there is none; cleared
     * @throws WrongPassphraseException if the draft is sealed under another passphrase
     * @throws IdentityException if the draft is of another network, is damaged, or cannot be written
     */
    public Operation<Identity> create(
            IdentityDraft draft, NetworkId network, ProofRequirement requirement, int threads, char[] passphrase) {
        return create(draft, this::fresh, false, network, requirement, threads, passphrase);
    }

    /**
     * As {@link #create(IdentityDraft, NetworkId, ProofRequirement, int, char[])}, for a key that exists already.
     *
     * @throws IdentityException also if the draft is of another key
     */
    public Operation<Identity> create(
            IdentityDraft draft,
            OnionKey key,
            NetworkId network,
            ProofRequirement requirement,
            int threads,
            char[] passphrase) {
        return create(draft, () -> key, true, network, requirement, threads, passphrase);
    }

    /**
     * As {@link #create(IdentityDraft, OnionKey, NetworkId, ProofRequirement, int, char[])}, for the key of an onion
     * service, whose directory stays as it is.
     *
     * @param directory {@code HiddenServiceDir} of Tor's configuration
     * @throws org.torpeer.api.InvalidInputException if it cannot be read or is not such
     */
    public Operation<Identity> importFrom(
            Path directory,
            IdentityDraft draft,
            NetworkId network,
            ProofRequirement requirement,
            int threads,
            char[] passphrase) {
        try {
            OnionKey key = OnionServiceDirectory.read(directory);
            return create(draft, key, network, requirement, threads, passphrase.clone());
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /**
     * Starts to work for a better proof of a folder's identity, to be kept by {@link IdentityFile#raise}. A checkpoint in
     * the folder says how far the search has come, also for more bits later.
     *
     * @throws IdentityException if the identity's proof is as good already
     */
    public Operation<Identity> raise(Identity identity, ProofRequirement requirement, int threads, Path folder) {
        if (requirement.metBy(identity.proof())) {
            throw new IdentityException("the proof has " + identity.proof().bits() + " bits already, and "
                    + requirement.minimumBits() + " are asked for: it is kept");
        }
        // The nonces before the one found were tried when it was found.
        long first = requirement.sameKind(identity.proof())
                ? identity.proof().nonce()
                : runtime.random().nextLong();
        return mine(
                identity.key(),
                identity.network(),
                requirement,
                threads,
                first,
                job -> mine(job, raising(job, folder)));
    }

    private Operation<Identity> create(
            IdentityDraft draft,
            Supplier<OnionKey> key,
            boolean given,
            NetworkId network,
            ProofRequirement requirement,
            int threads,
            char[] passphrase) {
        try {
            // Refused before anything is written.
            algorithm(requirement).checkParameters(requirement.parameters());
            OnionKey kept = draft.keyFor(network, requirement, key, given, passphrase);
            long first = runtime.random().nextLong();
            return mine(kept, network, requirement, threads, first, job -> mine(job, draft.checkpoint()));
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private Operation<Identity> mine(
            OnionKey key,
            NetworkId network,
            ProofRequirement requirement,
            int threads,
            long firstNonce,
            Function<MiningJob, Operation<Long>> miner) {
        byte[] prefix = ProofPrefix.of(
                network, key.id(), requirement.algorithm(), requirement.parameters(), requirement.epoch());
        Operation<Long> mining = miner.apply(new MiningJob(
                algorithm(requirement),
                requirement.parameters(),
                prefix,
                requirement.minimumBits(),
                firstNonce,
                threads));
        return Promise.map(
                mining,
                nonce -> new Identity(
                        key,
                        network,
                        new Proof(
                                requirement.algorithm(),
                                requirement.parameters(),
                                requirement.minimumBits(),
                                nonce,
                                requirement.epoch())));
    }

    private Operation<Long> mine(MiningJob job) {
        return Providers.miners().require(Miner.KERNEL).mine(job, runtime);
    }

    private Operation<Long> mine(MiningJob job, Path checkpoint) {
        return Providers.miners().require(Miner.KERNEL).mine(job, checkpoint, runtime);
    }

    private OnionKey fresh() {
        return SeedKey.generate(runtime.random());
    }

    private static PowAlgorithm algorithm(ProofRequirement requirement) {
        return Providers.powAlgorithms().require(requirement.algorithm());
    }

    /** A name for each key and kind of proof, so that a search never meets the checkpoint of another. */
    private static Path raising(MiningJob job, Path folder) {
        byte[] prefix = job.prefix();
        String search = HexFormat.of().formatHex(prefix, prefix.length - CHECKPOINT_NAME_BYTES, prefix.length);
        return folder.resolve("raising-" + search);
    }
}
