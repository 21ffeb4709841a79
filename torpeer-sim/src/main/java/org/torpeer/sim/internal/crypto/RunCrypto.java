package org.torpeer.sim.internal.crypto;

import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.OnionKey;
import org.torpeer.api.Proof;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.internal.crypto.Primitives;
import org.torpeer.node.internal.crypto.SignatureScheme;
import org.torpeer.proto.Codec;
import org.torpeer.proto.ProofPrefix;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.sim.Crypto;

/** What the nodes of a run sign, prove and verify with. */
public abstract class RunCrypto {
    private static final int LEAST_REMEMBERED = 1 << 14;
    private static final int MOST_REMEMBERED = 1 << 22;
    /** About what is under way or newest at any time, of each node. */
    private static final int REMEMBERED_PER_NODE = 64;
    /** A node's record changes twice a day, and with each start. */
    private static final int SHARED_PER_NODE = 8;

    private RunCrypto() {}

    /**
     * The crypto of a run.
     *
     * @param secret of the run
     */
    public static RunCrypto of(Crypto kind, int nodes, long secret) {
        return switch (kind) {
            case REAL -> new Real(nodes, secret);
            case SIMULATED -> new Simulated(nodes, secret);
        };
    }

    /** What the network demands. */
    public abstract ProofRequirement requirement();

    /** What nodes verify with. */
    public abstract Primitives primitives();

    /** A new identity, its proof of work included. */
    public final Identity identity(NetworkId network, RandomGenerator random) {
        OnionKey key = key(random);
        ProofRequirement demanded = requirement();
        byte[] prefix =
                ProofPrefix.of(network, key.id(), demanded.algorithm(), demanded.parameters(), demanded.epoch());
        int bits = demanded.minimumBits();
        return new Identity(
                key,
                network,
                new Proof(demanded.algorithm(), demanded.parameters(), bits, solve(prefix, bits), demanded.epoch()));
    }

    /** How many evaluations of the proof's function all identities made so far have taken, or would have. */
    public abstract double attempts();

    private static Codec codec(int nodes) {
        return new SharedCodec(nodes * SHARED_PER_NODE);
    }

    abstract OnionKey key(RandomGenerator random);

    abstract long solve(byte[] prefix, int bits);

    private static final class Real extends RunCrypto {
        /** Made in a moment. */
        private static final ProofRequirement REQUIREMENT = new ProofRequirement("sha256", "", 8, 0);

        private final RememberedSignatures signatures;
        private final Primitives primitives;
        private final PowKernel kernel;
        private double attempts;

        Real(int nodes, long secret) {
            this.signatures = new RememberedSignatures(SignatureScheme.ED25519, secret, remembered(nodes));
            this.primitives = new Primitives(signatures, Providers.powAlgorithms()::require, codec(nodes));
            this.kernel =
                    Providers.powAlgorithms().require(REQUIREMENT.algorithm()).newKernel(REQUIREMENT.parameters());
        }

        @Override
        public ProofRequirement requirement() {
            return REQUIREMENT;
        }

        @Override
        public Primitives primitives() {
            return primitives;
        }

        @Override
        public double attempts() {
            return attempts;
        }

        @Override
        OnionKey key(RandomGenerator random) {
            return signatures.remembering(SeedKey.generate(random));
        }

        @Override
        long solve(byte[] prefix, int bits) {
            int nonce = kernel.search(prefix, 0, Integer.MAX_VALUE, bits);
            attempts += nonce + 1.0;
            return nonce;
        }

        private static int remembered(int nodes) {
            long wanted = Math.max(LEAST_REMEMBERED, Math.min(MOST_REMEMBERED, (long) nodes * REMEMBERED_PER_NODE));
            return Integer.highestOneBit((int) wanted);
        }
    }

    private static final class Simulated extends RunCrypto {
        /** As many as a new network demands by default. */
        private static final ProofRequirement REQUIREMENT = new ProofRequirement(SimulatedProofs.NAME, "", 18, 0);

        private final SimulatedSignatures signatures;
        private final SimulatedProofs proofs;
        private final Primitives primitives;

        Simulated(int nodes, long secret) {
            this.signatures = new SimulatedSignatures(secret);
            this.proofs = new SimulatedProofs(secret);
            Function<String, PowAlgorithm> only = this::proofs;
            this.primitives = new Primitives(signatures, only, codec(nodes));
        }

        @Override
        public ProofRequirement requirement() {
            return REQUIREMENT;
        }

        @Override
        public Primitives primitives() {
            return primitives;
        }

        @Override
        public double attempts() {
            return proofs.attempts();
        }

        @Override
        OnionKey key(RandomGenerator random) {
            return signatures.key(random);
        }

        @Override
        long solve(byte[] prefix, int bits) {
            return proofs.solve(prefix, bits);
        }

        private PowAlgorithm proofs(String name) {
            if (!name.equals(SimulatedProofs.NAME)) {
                throw new InvalidInputException("a run with simulated crypto has no other proofs than its own");
            }
            return proofs;
        }
    }
}
