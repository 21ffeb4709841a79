package org.torpeer.proto.key;

import java.util.Objects;

/**
 * Which points of edwards25519 are of prime order {@code L}, in half the time of a multiplication by {@code L}: at four
 * exponentiations in the field. After Thomas Pornin, "Point-Halving and Subgroup Membership in Twisted Edwards Curves" (IACR
 * ePrint 2022/1164): halve, and decide by what is a square. For public keys only: the time it takes tells of the point.
 *
 * <p>The derivation, on curve25519, {@code v² = u³ + A·u² + u} with {@code A = 486662}, which is edwards25519 by
 * {@code u = (1 + y)/(1 - y)} (RFC 7748 section 4.1). Its group is cyclic, of {@code 8·L} points. So a point {@code P} other than
 * the neutral one {@code O} is of order {@code L} if and only if {@code P = 8·S} for some point {@code S}.
 *
 * <p><b>One half.</b> Doubling is the isogeny {@code (x, y) -> (X, Y) = (y²/x², y·(1 - x²)/x²)} to
 * {@code Y² = X³ - 2·A·X² + (A² - 4)·X} followed by its dual {@code (X, Y) -> (u, v) = (Y²/(4·X²), Y·(A² - 4 - X²)/(8·X²))}.
 * Backwards from {@code P = (u, v)}:
 *
 * <ul>
 *   <li>{@code u} is a square {@code w²} if {@code P} is a double. Then {@code Y = 2·w·X}, and with {@code m = v/w}, a square
 *       root of {@code u² + A·u + 1}, the equations of curve and dual give {@code X = A + 2·u - 2·m}.
 *   <li>{@code X} is to be a square {@code r²}, {@code r = y/x}. The two {@code X} that the signs of {@code m} give have the
 *       product {@code A² - 4}, which is not a square: exactly one is.
 *   <li>{@code x + 1/x = X - A} and {@code 1/x - x = 2·w·r} give {@code x = u - m - w·r}, and {@code y = r·x}.
 * </ul>
 *
 * Both signs of {@code w} do (they stand for {@code P} and {@code -P}), and both of {@code r}: the two halves {@code Q} of
 * {@code P} differ by the point of order 2, which is four times a point. So {@code P = 8·S} if and only if {@code Q = 4·S}.
 *
 * <p><b>A quarter of it.</b> With {@code s² = A + 2}, {@code T = (1, s)} is of order 4, with {@code f = (y - s·x)²/x} of divisor
 * {@code 4·(T) - 4·(O)}: the line is the tangent in {@code T}, which meets the curve in {@code (0, 0)} again. Since 4 divides
 * {@code p - 1}, {@code Q -> f(Q)} up to fourth powers is the Tate pairing with {@code T}. It is not degenerate, and {@code T}
 * generates all points whose fourfold is {@code O}: {@code Q} is four times a point if and only if {@code f(Q) = x·(r - s)²} is a
 * fourth power.
 *
 * <p>With {@code u = U/Z} all of it is done without a division: {@code W² = U·Z}, {@code M² = U² + A·U·Z + Z²},
 * {@code R² = Z·(A·Z + 2·U - 2·M)}, and {@code f(Q) = (Z·(U - M) - W·R)·(R - s·Z)²/Z⁴}. {@code W} and {@code M} exist of points on
 * the curve only. The eight points of small order do not pass: {@code f} is zero where its divisor or {@code O} would be, and
 * otherwise says that they are no eightfold of anything.
 */
final class PrimeOrder {
    private static final Residue A = Residue.of(486662);
    private static final Residue S = Objects.requireNonNull(Residue.of(486664).root(), "A + 2 is a square");

    private PrimeOrder() {}

    /**
     * Whether the encoding is that of a point of order {@code L}.
     *
     * @param encoded 32 bytes, canonical: below {@code p} without its highest bit, the sign of x, which does not matter here
     */
    static boolean has(byte[] encoded) {
        Residue y = Residue.decode(encoded);
        Residue u = Residue.ONE.plus(y);
        Residue z = Residue.ONE.minus(y);
        Residue uz = u.times(z);
        Residue w = uz.root();
        if (w == null) {
            return false;
        }
        Residue m = u.squared().plus(A.times(uz)).plus(z.squared()).root();
        return m != null && (halfIsQuadruple(u, z, w, m) || halfIsQuadruple(u, z, w, Residue.ZERO.minus(m)));
    }

    private static boolean halfIsQuadruple(Residue u, Residue z, Residue w, Residue m) {
        Residue halved = u.minus(m);
        Residue r = z.times(A.times(z).plus(halved).plus(halved)).root();
        return r != null
                && z.times(halved)
                        .minus(w.times(r))
                        .times(r.minus(S.times(z)).squared())
                        .isFourthPower();
    }
}
