package org.torpeer.pow.internal;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Supplier;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;

/** A kernel of {@code sha256}, measured by searching, and compared with BouncyCastle's SHA-256. */
final class Sha256Candidate implements Candidate {
    private static final int UNREACHABLE = 256;
    private static final int ATTEMPTS = 4096;
    private static final int RANGE = 200;

    private final String name;
    private final Supplier<PowKernel> maker;
    private final byte[] prefix = new byte[PowAlgorithm.PREFIX_BYTES];
    private final PowKernel kernel;

    Sha256Candidate(String name, Supplier<PowKernel> maker) {
        this.name = name;
        this.maker = maker;
        kernel = maker.get();
    }

    @Override
    public String name() {
        return name;
    }

    PowKernel newKernel() {
        return maker.get();
    }

    @Override
    public int attempts() {
        kernel.search(prefix, 0, ATTEMPTS, UNREACHABLE);
        return ATTEMPTS;
    }

    /** Searches over the ends of both words of the nonce among others. */
    @Override
    public boolean agrees() {
        Random random = new Random(52);
        byte[] some = new byte[PowAlgorithm.PREFIX_BYTES];
        long[] starts = {0, -RANGE / 2, (1L << Integer.SIZE) - RANGE / 2, random.nextLong(), random.nextLong()};
        for (long start : starts) {
            random.nextBytes(some);
            if (!agreesOn(some, start)) {
                return false;
            }
        }
        return true;
    }

    private boolean agreesOn(byte[] some, long start) {
        int[] scores = new int[RANGE];
        for (int i = 0; i < RANGE; i++) {
            scores[i] = reference(some, start + i);
        }
        for (int bits = 0; bits <= 9; bits++) {
            if (kernel.search(some, start, RANGE, bits) != firstWith(scores, bits)) {
                return false;
            }
        }
        return kernel.score(some, start) == scores[0] && kernel.score(some, start + RANGE - 1) == scores[RANGE - 1];
    }

    private static int reference(byte[] prefix, long nonce) {
        SHA256Digest digest = new SHA256Digest();
        byte[] message = ByteBuffer.allocate(Attempt.MESSAGE_BYTES)
                .put(prefix)
                .putLong(nonce)
                .array();
        byte[] hash = new byte[digest.getDigestSize()];
        digest.update(message, 0, message.length);
        digest.doFinal(hash, 0);
        return Attempt.leadingZeros(hash);
    }

    private static int firstWith(int[] scores, int bits) {
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] >= bits) {
                return i;
            }
        }
        return PowKernel.NONE;
    }
}
