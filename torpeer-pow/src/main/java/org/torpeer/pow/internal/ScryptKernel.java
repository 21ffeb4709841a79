package org.torpeer.pow.internal;

import org.bouncycastle.crypto.generators.SCrypt;
import org.torpeer.api.spi.pow.PowKernel;

/** One nonce after the other through BouncyCastle's scrypt, which allocates its table anew for each evaluation. */
final class ScryptKernel implements PowKernel {
    private static final int HASH_BYTES = 32;

    private final Attempt attempt = new Attempt();
    private final ScryptParameters parameters;

    ScryptKernel(ScryptParameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public int score(byte[] prefix, long nonce) {
        attempt.prefix(prefix);
        return passesGate(nonce) ? evaluate() : GATE_MISSED;
    }

    @Override
    public int search(byte[] prefix, long first, int count, int bits) {
        Attempt.checkRange(count, bits);
        attempt.prefix(prefix);
        for (int i = 0; i < count; i++) {
            if (passesGate(first + i) && (bits == 0 || evaluate() >= bits)) {
                return i;
            }
        }
        return NONE;
    }

    private boolean passesGate(long nonce) {
        return attempt.leadingZeros(nonce) >= ScryptAlgorithm.GATE_BITS;
    }

    private int evaluate() {
        return Attempt.leadingZeros(scrypt(attempt.message(), attempt.message(), parameters, HASH_BYTES));
    }

    static byte[] scrypt(byte[] password, byte[] salt, ScryptParameters parameters, int bytes) {
        return SCrypt.generate(password, salt, parameters.n(), parameters.r(), parameters.p(), bytes);
    }
}
