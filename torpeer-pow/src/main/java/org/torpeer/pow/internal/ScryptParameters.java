package org.torpeer.pow.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.torpeer.api.InvalidInputException;

/**
 * The parameters of scrypt as RFC 7914 names them.
 *
 * @param n cost: a power of two from 2 to 65536, and below 65536 where r is 1 (RFC 7914, section 6)
 * @param r block size: 1 to 32
 * @param p parallelization: 1 to 16; {@code n * r * p} is at most 2^19, so that one evaluation takes at most 64 MiB and
 *     some tenths of a second
 */
record ScryptParameters(int n, int r, int p) {
    private static final int MAX_TEXT = 32;
    private static final Pattern CANONICAL =
            Pattern.compile("N=([1-9][0-9]{0,5}),r=([1-9][0-9]{0,2}),p=([1-9][0-9]{0,2})");
    private static final int MAX_N = 1 << 16;
    private static final int MAX_R = 32;
    private static final int MAX_P = 16;
    private static final int MAX_WORK = 1 << 19;

    ScryptParameters {
        if (n < 2 || n > MAX_N || Integer.bitCount(n) != 1) {
            throw new InvalidInputException("scrypt's N is a power of two from 2 to 65536, not " + n);
        }
        if (r < 1 || r > MAX_R) {
            throw new InvalidInputException("scrypt's r is 1 to 32, not " + r);
        }
        if (p < 1 || p > MAX_P) {
            throw new InvalidInputException("scrypt's p is 1 to 16, not " + p);
        }
        if (r == 1 && n == MAX_N) {
            throw new InvalidInputException("scrypt with r=1 needs N below 65536: use a larger r");
        }
        if ((long) n * r * p > MAX_WORK) {
            throw new InvalidInputException(
                    "scrypt with N=" + n + ",r=" + r + ",p=" + p + " takes too long: N*r*p is at most 524288");
        }
        if (n == 1024 && r == 1 && p == 1) {
            throw new InvalidInputException("scrypt with N=1024,r=1,p=1 is refused because dedicated mining hardware"
                    + " exists for it, some million times as fast as a processor: use N=1024,r=8,p=1");
        }
    }

    /**
     * Reads the one canonical text of a set of parameters.
     *
     * @throws InvalidInputException if it is not canonical or the set is refused
     */
    static ScryptParameters parse(String text) {
        // The length first: what a stranger sent is not searched through.
        Matcher fields = text.length() > MAX_TEXT ? null : CANONICAL.matcher(text);
        if (fields == null || !fields.matches()) {
            throw new InvalidInputException("scrypt's parameters are written exactly as N=1024,r=8,p=1:"
                    + " decimal, no spaces, no leading zeros, N at most 65536, r at most 32 and p at most 16");
        }
        return new ScryptParameters(
                Integer.parseInt(fields.group(1)),
                Integer.parseInt(fields.group(2)),
                Integer.parseInt(fields.group(3)));
    }

    /** The table of N blocks of one evaluation. */
    long tableBytes() {
        return 128L * r * n;
    }

    /** What one evaluation holds: its table, and p blocks of input. */
    long memoryBytes() {
        return 128L * r * (n + p);
    }
}
