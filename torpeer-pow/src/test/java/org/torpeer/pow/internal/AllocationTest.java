package org.torpeer.pow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.pow.kernel.KernelVerdict;

/**
 * What kernels allocate, counted by the JVM: their memory once, and nothing for each attempt.
 */
class AllocationTest {
    private static final int UNREACHABLE = 256;
    private static final long MIB = 1 << 20;
    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private static final byte[] PREFIX = new byte[PowAlgorithm.PREFIX_BYTES];
    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    @Test
    void anAttemptAllocatesNothing() throws JMException {
        for (String kernel : frugal("sha256")) {
            assertAllocatesNothing(kernel, KernelCatalogue.newKernel("sha256", "", kernel), 1 << 18);
        }
        for (String kernel : frugal("scrypt")) {
            assertAllocatesNothing(kernel, KernelCatalogue.newKernel("scrypt", "N=16,r=8,p=1", kernel), 1 << 22);
        }
    }

    @Test
    void anEvaluationOfManyLanesHoldsItsTablesAndLittleElse() throws JMException {
        String parameters = "N=16384,r=8,p=1";
        for (String kernel : frugal("scrypt")) {
            // Not at the expense of this count.
            PowKernel small = KernelCatalogue.newKernel("scrypt", "N=16,r=8,p=1", kernel);
            assertAllocatesNothing(kernel, small, 1 << 22);
            int lanes = lanes(kernel);
            int range = rangeOf(lanes);
            long before = allocated();
            KernelCatalogue.newKernel("scrypt", parameters, kernel).search(PREFIX, 0, range, UNREACHABLE);
            long table = 128L * 16384 * 8 * lanes;
            assertThat(allocated() - before).as(kernel).isBetween(table, table + MIB);
        }
    }

    /** The nonces from 0 on among which as many pass the gate. */
    private static int rangeOf(int attempts) {
        PowKernel gate = new Sha256Kernel();
        int range = 0;
        for (int i = 0; i < attempts; i++) {
            range += gate.search(PREFIX, range, 1 << 20, ScryptAlgorithm.GATE_BITS) + 1;
        }
        return range;
    }

    private static int lanes(String kernel) {
        return kernel.equals(Candidate.PORTABLE) ? 1 : Integer.parseInt(kernel.substring("vector-".length()));
    }

    /**
     * The one in use, and those in plain Java. Whether a vector kernel that is not in use allocates depends on what else
     * this JVM has compiled, and matters to nobody.
     */
    private static List<String> frugal(String algorithm) {
        return KernelCatalogue.verdicts(algorithm).stream()
                .filter(verdict -> verdict.chosen() || !verdict.name().startsWith("vector-"))
                .map(KernelVerdict::name)
                .toList();
    }

    /** Twice in a row, once the compiler has done its work: 4 KiB is what asking for the count may take. */
    private static void assertAllocatesNothing(String name, PowKernel kernel, int range) throws JMException {
        long begun = System.nanoTime();
        long allocated;
        int quiet = 0;
        do {
            long before = allocated();
            kernel.search(PREFIX, 0, range, UNREACHABLE);
            kernel.score(PREFIX, 0);
            allocated = allocated() - before;
            quiet = allocated < 4096 ? quiet + 1 : 0;
        } while (quiet < 2 && System.nanoTime() - begun < PATIENCE_NANOS);
        assertThat(allocated).as("%s, bytes by %d nonces", name, range).isLessThan(4096);
    }

    /** By this thread so far. */
    private static long allocated() throws JMException {
        return (long) BEANS.invoke(
                new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME),
                "getThreadAllocatedBytes",
                new Object[] {Thread.currentThread().getId()},
                new String[] {"long"});
    }
}
