package org.torpeer.pow.internal;

import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.Driver;
import org.torpeer.pow.kernel.KernelVerdict;

/**
 * Tries candidates and chooses the fastest of those that compute correctly. One that disagrees with the reference, or
 * throws, is left out and named in the log; so is, without a warning, one that on this JVM is not clearly faster than the
 * portable one, or allocates for every attempt, as vector code does where the compiler does not see through it.
 *
 * <p>With nothing but the portable candidate there is nothing to measure. Otherwise a trial takes a second or two. A
 * candidate that stays slow may only be waiting for the compiler, which other programs hold up as they do the trial: it is
 * given some processor time rather than some time, and leaves as much to the compiler as it takes itself.
 */
@Driver("a trial is a measurement of this very machine: virtual time would choose at random")
final class Selection<C extends Candidate> {
    private static final System.Logger LOG = System.getLogger(Selection.class.getName());
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double CLEARLY = 1.05;
    private static final long SLICE_NANOS = 4_000_000;
    private static final int ROUNDS = 5;
    private static final int LEAST_SLICES = 10;
    /** Processor time for one candidate to be compiled; the compiler itself needs some tenths of a second. */
    private static final long PATIENCE_NANOS = 1_500_000_000;
    /** However busy the machine is. */
    private static final long MOST_NANOS = 6_000_000_000L;
    /** Vector code that is not compiled is some hundred times slower than any that is. */
    private static final double COMPILED = 0.25;

    /** Counted of many thousand attempts: less is what happened once. */
    private static final double ALLOCATES = 1;

    /**
     * What was seen of a candidate.
     *
     * @param speed attempts a nanosecond of processor time
     * @param bytes allocated for each attempt
     */
    private record Look(double speed, double bytes) {
        /** Each at its best. */
        Look and(Look other) {
            return new Look(Math.max(speed, other.speed), Math.min(bytes, other.bytes));
        }

        boolean isFrugal() {
            return bytes < ALLOCATES;
        }
    }

    private static final Look NONE = new Look(0, 0);

    private final String what;
    private final long patienceNanos;
    private final Map<String, KernelVerdict> verdicts = new LinkedHashMap<>();
    private final List<C> correct = new ArrayList<>();
    private final Map<C, Look> looks = new LinkedHashMap<>();
    private final C chosen;

    /**
     * @param what the algorithm, for messages
     * @param candidates the portable one first
     * @param allowed the names of those that may be used; empty for all
     * @throws InvalidInputException if none of the allowed exists
     * @throws TorPeerException if not even the portable candidate computes correctly
     */
    Selection(String what, List<C> candidates, Set<String> allowed) {
        this(what, candidates, allowed, PATIENCE_NANOS);
    }

    /** @param patienceNanos processor time that a candidate may stay slow */
    Selection(String what, List<C> candidates, Set<String> allowed, long patienceNanos) {
        this.what = what;
        this.patienceNanos = patienceNanos;
        List<C> admitted = candidates.stream()
                .filter(candidate -> allowed.isEmpty() || allowed.contains(candidate.name()))
                .toList();
        if (admitted.isEmpty()) {
            throw new InvalidInputException("there is no kernel " + String.join(", ", allowed) + " for " + what
                    + " on this machine: name one of "
                    + String.join(", ", candidates.stream().map(Candidate::name).toList()));
        }
        admitted.stream().filter(this::isCorrect).forEach(correct::add);
        C portable = candidates.get(0);
        if (correct.isEmpty()) {
            if (admitted.contains(portable) || !isCorrect(portable)) {
                throw new TorPeerException(wrong());
            }
            correct.add(portable);
        }
        chosen = fastest();
    }

    C chosen() {
        return chosen;
    }

    /** In the order of the candidates tried. */
    List<KernelVerdict> verdicts() {
        return List.copyOf(verdicts.values());
    }

    /** Every candidate that computes correctly. */
    List<C> correct() {
        return List.copyOf(correct);
    }

    private boolean isCorrect(C candidate) {
        try {
            if (candidate.agrees()) {
                return true;
            }
            refuse(candidate, "disagrees with the reference", null);
        } catch (RuntimeException | LinkageError e) {
            refuse(candidate, "fails", e);
        }
        return false;
    }

    private void refuse(C candidate, String why, @Nullable Throwable cause) {
        verdicts.put(candidate.name(), new KernelVerdict(candidate.name(), false, false, 0, why));
        LOG.log(
                Level.WARNING,
                "the kernel " + candidate.name() + " of " + what + " " + why + ": it is not used",
                cause);
    }

    private C fastest() {
        C first = correct.get(0);
        if (correct.size() == 1) {
            note(first, true, 0, "the only one");
            return first;
        }
        measure();
        // Compiled code is other code: what agreed before may disagree now.
        correct.removeIf(candidate -> !isCorrect(candidate));
        if (correct.isEmpty()) {
            throw new TorPeerException(wrong());
        }
        C best = fastest(correct);
        double unit = speed(first);
        for (C candidate : correct) {
            boolean used = candidate.equals(best);
            note(candidate, used, speed(candidate) / unit, remark(candidate, used));
        }
        return best;
    }

    private String remark(C candidate, boolean used) {
        Look look = look(candidate);
        if (!look.isFrugal()) {
            return String.format(Locale.ROOT, "allocates %.0f bytes an attempt", look.bytes());
        }
        return used ? "the fastest" : "slower";
    }

    private Look look(C candidate) {
        return looks.getOrDefault(candidate, NONE);
    }

    private double speed(C candidate) {
        return look(candidate).speed();
    }

    /**
     * Of some candidates that were tried together, the portable one first if it is among them. Those that allocate count
     * only if all do.
     */
    C fastest(List<C> some) {
        List<C> frugal =
                some.stream().filter(candidate -> look(candidate).isFrugal()).toList();
        List<C> eligible = frugal.isEmpty() ? some : frugal;
        C best = eligible.get(0);
        for (C candidate : eligible) {
            double needed = speed(best) * (best.name().equals(Candidate.PORTABLE) ? CLEARLY : 1);
            if (speed(candidate) > needed) {
                best = candidate;
            }
        }
        return best;
    }

    private String wrong() {
        return "this JVM computes " + what + " wrongly: use another Java or another machine";
    }

    private void note(C candidate, boolean used, double speed, String remark) {
        verdicts.put(candidate.name(), new KernelVerdict(candidate.name(), true, used, speed, remark));
        LOG.log(
                Level.DEBUG,
                "kernel {0} of {1}: {2}, {3} of the portable speed",
                candidate.name(),
                what,
                remark,
                speed);
    }

    /** The best of several short looks at each, taken in turn, so that a busy moment hits them all. */
    private void measure() {
        C first = correct.get(0);
        double toBeat = warmedUp(first, 0);
        for (C candidate : correct.subList(1, correct.size())) {
            warmedUp(candidate, toBeat);
        }
        // It had nothing to be compared with, and may have been compiled only meanwhile.
        warmedUp(first, 0);
        for (int round = 0; round < ROUNDS; round++) {
            for (C candidate : correct) {
                looks.merge(candidate, lookNow(candidate), Look::and);
            }
        }
    }

    /** Runs until it gets no better and has clearly been compiled, or for as long as the compiler may take. */
    private double warmedUp(C candidate, double toBeat) {
        long begun = System.nanoTime();
        long used = THREADS.getCurrentThreadCpuTime();
        double best = 0;
        int slices = 0;
        int improved = 0;
        while (THREADS.getCurrentThreadCpuTime() - used < patienceNanos && System.nanoTime() - begun < MOST_NANOS) {
            long slice = System.nanoTime();
            double speed = lookNow(candidate).speed();
            slices++;
            if (speed > CLEARLY * best) {
                improved = slices;
            }
            best = Math.max(best, speed);
            if (best < COMPILED * toBeat) {
                LockSupport.parkNanos(System.nanoTime() - slice);
            } else if (slices - improved >= LEAST_SLICES) {
                break;
            }
        }
        return best;
    }

    /** By processor time of this thread, so that other programs hardly count. */
    private static Look lookNow(Candidate candidate) {
        long allocated = ThreadAllocation.bytes();
        long begun = THREADS.getCurrentThreadCpuTime();
        long attempts = 0;
        long elapsed = 0;
        while (elapsed < SLICE_NANOS) {
            attempts += candidate.attempts();
            elapsed = THREADS.getCurrentThreadCpuTime() - begun;
        }
        return new Look((double) attempts / elapsed, (double) (ThreadAllocation.bytes() - allocated) / attempts);
    }
}
