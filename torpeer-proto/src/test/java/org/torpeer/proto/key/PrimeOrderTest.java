package org.torpeer.proto.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.torpeer.api.PeerId;
import org.torpeer.proto.Seed;

/** Against the definition, multiplication by the order, by BouncyCastle and by the affine formulas of the curve. */
final class PrimeOrderTest {
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final BigInteger FIELD = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    @Test
    void agreesOnRandomPointsAndOnWhatIsNoPoint() {
        Random random = Seed.random("PrimeOrderTest.random");
        byte[] encoded = new byte[32];
        int ofPrimeOrder = 0;
        for (int i = 0; i < 8000; i++) {
            random.nextBytes(encoded);
            boolean expected = Ed25519.validatePublicKeyFull(encoded, 0);
            assertThat(PrimeOrder.has(encoded))
                    .as(PeerId.of(encoded).toString())
                    .isEqualTo(expected);
            ofPrimeOrder += expected ? 1 : 0;
        }
        assertThat(ofPrimeOrder).as("one of sixteen").isBetween(350, 650);
    }

    @Test
    void ofEveryCosetOfTheGroupOnlyTheGroupItselfPasses() {
        Random random = Seed.random("PrimeOrderTest.cosets");
        List<Point> torsion = torsion(random);
        for (int i = 0; i < 1000; i++) {
            Point point = Point.decode(SeedKey.generate(random).id().toBytes());
            for (Point shift : torsion) {
                byte[] encoded = point.plus(shift).encode();
                boolean expected = shift.equals(Point.NEUTRAL);
                assertThat(PrimeOrder.has(encoded)).isEqualTo(expected);
                assertThat(Ed25519.validatePublicKeyFull(encoded, 0)).isEqualTo(expected);
            }
        }
    }

    @Test
    void multiplicationByTheOrderSaysTheSame() {
        Random random = Seed.random("PrimeOrderTest.order");
        for (Point shift : torsion(random)) {
            Point point = Point.decode(SeedKey.generate(random).id().toBytes()).plus(shift);
            assertThat(PrimeOrder.has(point.encode()))
                    .isEqualTo(point.times(ORDER).equals(Point.NEUTRAL));
        }
    }

    @Test
    void noPointOfSmallOrderPasses() {
        List<Point> torsion = torsion(Seed.random("PrimeOrderTest.torsion"));
        assertThat(torsion).doesNotHaveDuplicates().hasSize(8).contains(Point.NEUTRAL);
        assertThat(torsion).noneMatch(point -> PrimeOrder.has(point.encode()));
        assertThat(torsion).noneMatch(point -> valid(point.encode()));
    }

    @Test
    void pointsNearTheEndsOfTheFieldAreNoException() {
        for (int near = 0; near < 300; near++) {
            for (BigInteger y : List.of(
                    BigInteger.valueOf(near),
                    FIELD.subtract(BigInteger.valueOf(near + 1)),
                    BigInteger.ONE.shiftLeft(near % 255))) {
                byte[] encoded = littleEndian(y);
                assertThat(PrimeOrder.has(encoded)).isEqualTo(Ed25519.validatePublicKeyFull(encoded, 0));
            }
        }
    }

    @Test
    void aSecondEncodingOfAPointIsNoKey() {
        for (int above = 0; above < 19; above++) {
            byte[] encoded = littleEndian(FIELD.add(BigInteger.valueOf(above)));
            assertThat(valid(encoded)).isFalse();
            encoded[31] |= (byte) 0x80;
            assertThat(valid(encoded)).isFalse();
        }
    }

    @Test
    void theSignOfXDoesNotMatter() {
        Random random = Seed.random("PrimeOrderTest.sign");
        for (int i = 0; i < 100; i++) {
            byte[] encoded = SeedKey.generate(random).id().toBytes();
            encoded[31] ^= (byte) 0x80;
            assertThat(valid(encoded)).isTrue();
        }
    }

    private static boolean valid(byte[] encoded) {
        return org.torpeer.proto.key.Ed25519.validKey(PeerId.of(encoded));
    }

    /** All points of small order: the multiples of one of order 8, which is what is left of a random point. */
    private static List<Point> torsion(Random random) {
        Point generator = Stream.generate(() -> onCurve(random))
                .map(point -> point.times(ORDER))
                .filter(point -> !point.times(BigInteger.valueOf(4)).equals(Point.NEUTRAL))
                .findFirst()
                .orElseThrow();
        return IntStream.range(0, 8)
                .mapToObj(i -> generator.times(BigInteger.valueOf(i)))
                .toList();
    }

    private static Point onCurve(Random random) {
        byte[] encoded = new byte[32];
        do {
            random.nextBytes(encoded);
        } while (!Ed25519.validatePublicKeyPartial(encoded, 0));
        return Point.decode(encoded);
    }

    private static byte[] littleEndian(BigInteger value) {
        byte[] out = new byte[32];
        for (int i = 0; i < out.length; i++) {
            out[i] = value.shiftRight(8 * i).byteValue();
        }
        return out;
    }

    /** A point of {@code -x² + y² = 1 + d·x²·y²}; RFC 8032 section 5.1. */
    private record Point(BigInteger x, BigInteger y) {
        static final Point NEUTRAL = new Point(BigInteger.ZERO, BigInteger.ONE);

        private static final BigInteger D = BigInteger.valueOf(-121665)
                .multiply(BigInteger.valueOf(121666).modInverse(FIELD))
                .mod(FIELD);
        private static final BigInteger I =
                BigInteger.TWO.modPow(FIELD.subtract(BigInteger.ONE).shiftRight(2), FIELD);

        static Point decode(byte[] encoded) {
            BigInteger y = BigInteger.ZERO;
            for (int i = 31; i >= 0; i--) {
                y = y.shiftLeft(8).or(BigInteger.valueOf(encoded[i] & (i == 31 ? 0x7f : 0xff)));
            }
            BigInteger yy = y.multiply(y);
            BigInteger xx = yy.subtract(BigInteger.ONE)
                    .multiply(D.multiply(yy).add(BigInteger.ONE).modInverse(FIELD))
                    .mod(FIELD);
            BigInteger x = xx.modPow(FIELD.add(BigInteger.valueOf(3)).shiftRight(3), FIELD);
            if (!x.multiply(x).mod(FIELD).equals(xx)) {
                x = x.multiply(I).mod(FIELD);
            }
            assertThat(x.multiply(x).mod(FIELD)).isEqualTo(xx);
            return new Point(x.testBit(0) == encoded[31] < 0 ? x : FIELD.subtract(x), y);
        }

        Point plus(Point other) {
            BigInteger cross = D.multiply(x)
                    .multiply(other.x)
                    .mod(FIELD)
                    .multiply(y)
                    .multiply(other.y)
                    .mod(FIELD);
            return new Point(
                    quotient(x.multiply(other.y).add(y.multiply(other.x)), BigInteger.ONE.add(cross)),
                    quotient(y.multiply(other.y).add(x.multiply(other.x)), BigInteger.ONE.subtract(cross)));
        }

        Point times(BigInteger factor) {
            Point product = NEUTRAL;
            for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
                product = product.plus(product);
                product = factor.testBit(bit) ? product.plus(this) : product;
            }
            return product;
        }

        byte[] encode() {
            byte[] out = littleEndian(y);
            out[31] |= (byte) (x.testBit(0) ? 0x80 : 0);
            return out;
        }

        private static BigInteger quotient(BigInteger of, BigInteger by) {
            return of.multiply(by.modInverse(FIELD)).mod(FIELD);
        }
    }
}
