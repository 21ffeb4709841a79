package org.torpeer.pow.internal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;

/** A kernel of {@code sha256}, measured by searching, and compared with BouncyCastle's SHA-256. */
final class Sha256Candidate implements Candidate {
    private static final int UNREACHABLE = 256;
    private static final int ATTEMPTS = 4096;
    private static final int RANGE = 1100;

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

    @Override
    public boolean agrees() {
        return Reference.SAMPLES.stream().allMatch(this::agreesOn);
    }

    private boolean agreesOn(Sample sample) {
        for (int bits = 0; bits <= 9; bits++) {
            if (kernel.search(sample.prefix(), sample.start(), RANGE, bits) != firstWith(sample.scores(), bits)) {
                return false;
            }
        }
        return agreesOn(sample, 0) && agreesOn(sample, RANGE - 1);
    }

    private boolean agreesOn(Sample sample, int at) {
        return kernel.score(sample.prefix(), sample.start() + at) == sample.scores()[at];
    }

    private record Sample(byte[] prefix, long start, int[] scores) {}

    /** Computed when the first candidate is checked; ranges over the ends of both words of the nonce among others. */
    private static final class Reference {
        static final List<Sample> SAMPLES = samples();

        private static List<Sample> samples() {
            Random random = new Random(52);
            long[] starts = {0, -RANGE / 2, (1L << Integer.SIZE) - RANGE / 2, random.nextLong(), random.nextLong()};
            List<Sample> samples = new ArrayList<>();
            for (long start : starts) {
                byte[] some = new byte[PowAlgorithm.PREFIX_BYTES];
                random.nextBytes(some);
                int[] scores = new int[RANGE];
                for (int i = 0; i < RANGE; i++) {
                    scores[i] = reference(some, start + i);
                }
                samples.add(new Sample(some, start, scores));
            }
            return samples;
        }
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
