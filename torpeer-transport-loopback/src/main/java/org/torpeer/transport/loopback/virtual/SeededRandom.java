package org.torpeer.transport.loopback.virtual;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.torpeer.api.InvalidInputException;

/**
 * SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). Everything that is drawn
 * from it is defined here rather than inherited, so that a seed means the same on every JDK. Predictable: for simulations
 * and tests only. Not safe for several threads.
 */
public final class SeededRandom implements RandomGenerator {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    public SeededRandom(long seed) {
        this.state = seed;
    }

    /**
     * The stream of a purpose and a number under one seed: the same whatever else is drawn, and unlike the streams of
     * other purposes and numbers.
     */
    public static SeededRandom stream(long seed, String purpose, long number) {
        long mixed = mix(seed + GOLDEN_GAMMA);
        for (byte each : purpose.getBytes(StandardCharsets.UTF_8)) {
            mixed = mix(mixed + GOLDEN_GAMMA + each);
        }
        return new SeededRandom(mix(mixed + GOLDEN_GAMMA * (number + 1)));
    }

    @Override
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    @Override
    public int nextInt() {
        return (int) (nextLong() >>> 32);
    }

    @Override
    public int nextInt(int bound) {
        return (int) nextLong(bound);
    }

    @Override
    public int nextInt(int origin, int bound) {
        return (int) nextLong(origin, bound);
    }

    /** Without bias: draws that would favour some values are repeated. */
    @Override
    public long nextLong(long bound) {
        if (bound <= 0) {
            throw new InvalidInputException("a bound is positive, not " + bound);
        }
        if ((bound & (bound - 1)) == 0) {
            return nextLong() & (bound - 1);
        }
        long bits = nextLong() >>> 1;
        long drawn = bits % bound;
        while (bits + (bound - 1) - drawn < 0) {
            bits = nextLong() >>> 1;
            drawn = bits % bound;
        }
        return drawn;
    }

    @Override
    public long nextLong(long origin, long bound) {
        long range = bound - origin;
        if (origin >= bound || range <= 0) {
            throw new InvalidInputException("there is no range from " + origin + " to " + bound);
        }
        return origin + nextLong(range);
    }

    @Override
    public boolean nextBoolean() {
        return nextLong() < 0;
    }

    /** Of 53 bits, in [0, 1). */
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    @Override
    public double nextDouble(double bound) {
        return nextDouble() * bound;
    }

    @Override
    public double nextDouble(double origin, double bound) {
        return origin + nextDouble() * (bound - origin);
    }

    @Override
    public float nextFloat() {
        return (nextLong() >>> 40) * 0x1.0p-24f;
    }

    /** By Box and Muller's transform, computed strictly so that every machine agrees. */
    @Override
    public double nextGaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * nextDouble());
    }

    @Override
    public double nextExponential() {
        return -StrictMath.log(1 - nextDouble());
    }

    @Override
    public void nextBytes(byte[] bytes) {
        long bits = 0;
        for (int i = 0; i < bytes.length; i++) {
            bits = i % Long.BYTES == 0 ? nextLong() : bits >>> Byte.SIZE;
            bytes[i] = (byte) bits;
        }
    }

    static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
