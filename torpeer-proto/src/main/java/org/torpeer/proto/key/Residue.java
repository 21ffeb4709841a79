package org.torpeer.proto.key;

import org.bouncycastle.math.ec.rfc7748.X25519Field;
import org.jspecify.annotations.Nullable;

/**
 * An integer modulo {@code p = 2^255 - 19}, on BouncyCastle's arithmetic. Immutable. Its methods take a time that depends on
 * the value: for public values only.
 */
final class Residue {
    static final Residue ZERO = of(0);
    static final Residue ONE = of(1);
    /** A square root of -1. */
    private static final Residue I = of(2).powerOf250Ones().squared(3).times(of(8));

    private final int[] limbs;

    private Residue(int[] limbs) {
        this.limbs = limbs;
    }

    /** @param value from 0 to 2^24 */
    static Residue of(int value) {
        int[] limbs = X25519Field.create();
        limbs[0] = value;
        return new Residue(limbs);
    }

    /** @param encoded 32 bytes, little-endian; the highest bit is left out */
    static Residue decode(byte[] encoded) {
        int[] limbs = X25519Field.create();
        X25519Field.decode255(encoded, limbs);
        return new Residue(limbs);
    }

    Residue plus(Residue other) {
        int[] sum = X25519Field.create();
        X25519Field.add(limbs, other.limbs, sum);
        X25519Field.carry(sum);
        return new Residue(sum);
    }

    Residue minus(Residue other) {
        int[] difference = X25519Field.create();
        X25519Field.sub(limbs, other.limbs, difference);
        X25519Field.carry(difference);
        return new Residue(difference);
    }

    Residue times(Residue other) {
        int[] product = X25519Field.create();
        X25519Field.mul(limbs, other.limbs, product);
        return new Residue(product);
    }

    Residue squared() {
        return squared(1);
    }

    /** To the power of {@code 2^times}. */
    private Residue squared(int times) {
        int[] power = X25519Field.create();
        X25519Field.sqr(limbs, times, power);
        return new Residue(power);
    }

    /** One of the two square roots; null if there is none. Zero has one, itself. */
    @Nullable
    Residue root() {
        Residue candidate = powerOf250Ones().squared(2).times(squared());
        if (candidate.squared().is(this)) {
            return candidate;
        }
        Residue other = candidate.times(I);
        return other.squared().is(this) ? other : null;
    }

    /** Whether it is the fourth power of an integer other than zero: whether its power of {@code (p - 1) / 4} is one. */
    boolean isFourthPower() {
        return powerOf250Ones().squared(3).times(squared()).times(this).is(ONE);
    }

    /** To the power of {@code 2^250 - 1}, from which {@code (p + 3) / 8} and {@code (p - 1) / 4} are not far. */
    private Residue powerOf250Ones() {
        Residue ones2 = squared().times(this);
        Residue ones4 = ones2.squared(2).times(ones2);
        Residue ones5 = ones4.squared().times(this);
        Residue ones10 = ones5.squared(5).times(ones5);
        Residue ones15 = ones10.squared(5).times(ones5);
        Residue ones25 = ones15.squared(10).times(ones10);
        Residue ones50 = ones25.squared(25).times(ones25);
        Residue ones75 = ones50.squared(25).times(ones25);
        Residue ones125 = ones75.squared(50).times(ones50);
        return ones125.squared(125).times(ones125);
    }

    private boolean is(Residue other) {
        int[] difference = minus(other).limbs;
        X25519Field.normalize(difference);
        return X25519Field.isZeroVar(difference);
    }
}
