package org.torpeer.pow.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.bouncycastle.crypto.generators.SCrypt;

/** A way to mix, measured on a table that fits the caches, and compared with BouncyCastle's scrypt. */
final class ScryptCandidate implements Candidate {
    private static final ScryptParameters MEASURED = new ScryptParameters(32, 8, 1);
    private static final List<ScryptParameters> COMPARED =
            List.of(new ScryptParameters(2, 1, 1), new ScryptParameters(16, 8, 1), new ScryptParameters(8, 3, 2));

    private final String name;
    private final int lanes;
    private final Function<ScryptParameters, RoMix> maker;
    private final Scrypt measured;
    private final int[] table;
    private final byte[][] messages;
    private final byte[][] hashes;

    ScryptCandidate(String name, int lanes, Function<ScryptParameters, RoMix> maker) {
        this.name = name;
        this.lanes = lanes;
        this.maker = maker;
        measured = newScrypt(MEASURED);
        table = new int[measured.tableWords()];
        messages = new byte[lanes][Attempt.MESSAGE_BYTES];
        hashes = new byte[lanes][32];
    }

    @Override
    public String name() {
        return name;
    }

    int lanes() {
        return lanes;
    }

    Scrypt newScrypt(ScryptParameters parameters) {
        return new Scrypt(parameters, newMixer(parameters));
    }

    RoMix newMixer(ScryptParameters parameters) {
        return maker.apply(parameters);
    }

    @Override
    public int attempts() {
        measured.evaluate(table, messages, messages, hashes);
        return lanes;
    }

    @Override
    public boolean agrees() {
        Random random = new Random(7914);
        return COMPARED.stream().allMatch(parameters -> agreesOn(parameters, random));
    }

    private boolean agreesOn(ScryptParameters parameters, Random random) {
        Scrypt scrypt = newScrypt(parameters);
        byte[][] some = new byte[lanes][Attempt.MESSAGE_BYTES];
        byte[][] results = new byte[lanes][32];
        for (byte[] message : some) {
            random.nextBytes(message);
        }
        scrypt.evaluate(new int[scrypt.tableWords()], some, some, results);
        for (int lane = 0; lane < lanes; lane++) {
            if (!Arrays.equals(results[lane], reference(some[lane], parameters))) {
                return false;
            }
        }
        return true;
    }

    private static byte[] reference(byte[] message, ScryptParameters parameters) {
        return SCrypt.generate(message, message, parameters.n(), parameters.r(), parameters.p(), 32);
    }
}
