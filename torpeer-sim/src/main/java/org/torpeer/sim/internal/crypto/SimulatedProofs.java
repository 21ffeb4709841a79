package org.torpeer.sim.internal.crypto;

import java.util.concurrent.atomic.LongAdder;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;

/**
 * A proof of work that nobody works for, and that is only accounted for. The one nonce that is good for a prefix is a hash
 * of it under the run's secret, with the bits it is good for in its last byte; who makes it is charged the attempts that
 * a search would have taken, drawn from the distribution that a real one has.
 */
final class SimulatedProofs implements PowAlgorithm {
    static final String NAME = "simulated";

    private static final long BITS = 0xff;
    /** Of 53 bits. */
    private static final double FRACTION = 0x1.0p-53;

    private final KeyedHash hash;
    private final KeyedHash luck;
    private double attempts;
    private final LongAdder verifications = new LongAdder();

    SimulatedProofs(long secret) {
        this.hash = new KeyedHash(secret);
        this.luck = new KeyedHash(secret ^ BITS);
    }

    /** A nonce of so many bits, which is charged for. */
    long solve(byte[] prefix, int bits) {
        double unlucky = ((luck.of(prefix) >>> 11) + 1) * FRACTION;
        attempts += Math.max(1, -StrictMath.log(unlucky) * Math.scalb(1.0, bits));
        return nonce(prefix, bits);
    }

    /** How many evaluations the proofs made so far would have taken. */
    double attempts() {
        return attempts;
    }

    /** How many evaluations were asked for to verify. */
    long verifications() {
        return verifications.sum();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void checkParameters(String parameters) {
        if (!parameters.isEmpty()) {
            throw new InvalidInputException("the simulated proof of work has no parameters");
        }
    }

    @Override
    public long memoryBytes(String parameters) {
        checkParameters(parameters);
        return 0;
    }

    @Override
    public PowKernel newKernel(String parameters) {
        checkParameters(parameters);
        return new Kernel();
    }

    private long nonce(byte[] prefix, int bits) {
        return (hash.of(prefix) & ~BITS) | bits;
    }

    private final class Kernel implements PowKernel {
        @Override
        public int score(byte[] prefix, long nonce) {
            verifications.increment();
            int bits = (int) (nonce & BITS);
            return nonce(prefix, bits) == nonce ? bits : 0;
        }

        @Override
        public int search(byte[] prefix, long first, int count, int bits) {
            long after = nonce(prefix, bits) - first;
            return after >= 0 && after < count ? (int) after : NONE;
        }
    }
}
