package org.torpeer.pow.internal;

import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;

/**
 * scrypt (RFC 7914) behind a gate of SHA-256 (FIPS 180-4). With {@code m} the message of 52 bytes,
 *
 * <ul>
 *   <li>if SHA-256(m) has fewer than {@value #GATE_BITS} leading zero bits, the gate is missed: the score is -1, less
 *       than any difficulty, so even a difficulty of 0 bits needs the gate;
 *   <li>otherwise the score is the number of leading zero bits of scrypt(P = m, S = m, N, r, p, dkLen = 32): 0 to 256.
 * </ul>
 *
 * <p>So a nonce scores at least {@code b} with probability {@code 2^-(10 + b)}, and finding one takes {@code 2^b}
 * evaluations of scrypt on average, beside which the gate's 1024 hashes each weigh little. The gate is for the verifier: a
 * made-up proof costs it one hash, unless its sender spent about a thousand.
 *
 * <p>Parameters are written {@code N=1024,r=8,p=1}; see {@link ScryptParameters} for which there are.
 */
public final class ScryptAlgorithm implements PowAlgorithm {
    static final int GATE_BITS = 10;

    /** Made by {@link java.util.ServiceLoader}. */
    public ScryptAlgorithm() {}

    @Override
    public String name() {
        return "scrypt";
    }

    @Override
    public void checkParameters(String parameters) {
        ScryptParameters.parse(parameters);
    }

    @Override
    public long memoryBytes(String parameters) {
        return ScryptKernels.memoryBytes(ScryptParameters.parse(parameters));
    }

    @Override
    public PowKernel newKernel(String parameters) {
        return ScryptKernels.newKernel(ScryptParameters.parse(parameters));
    }

    @Override
    public int gateBits() {
        return GATE_BITS;
    }
}
