package org.torpeer.pow.internal;

import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/** Counts what the current thread allocates, on JVMs that keep count. */
final class ThreadAllocation {
    private static final String COUNTING_MODULE = "jdk.management";
    private static final LongSupplier COUNTER = counter();

    private ThreadAllocation() {}

    /** The bytes it has allocated so far; always 0 where the JVM does not count them. */
    static long bytes() {
        return COUNTER.getAsLong();
    }

    private static LongSupplier counter() {
        return ModuleLayer.boot().findModule(COUNTING_MODULE).isPresent() ? Hotspot.counter() : () -> 0;
    }

    /** Apart, as its types are missing from a runtime image without that module. */
    private static final class Hotspot {
        static LongSupplier counter() {
            if (ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                    && threads.isThreadAllocatedMemorySupported()
                    && threads.isThreadAllocatedMemoryEnabled()) {
                return threads::getCurrentThreadAllocatedBytes;
            }
            return () -> 0;
        }
    }
}
