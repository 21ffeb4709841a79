package org.torpeer.pow.internal;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the system properties that force or forbid kernels, for tests and measurements. */
final class AllowedKernels {
    private AllowedKernels() {}

    /** The names a property lists, separated by commas; empty if it is not set. */
    static Set<String> of(String property) {
        return Arrays.stream(System.getProperty(property, "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
