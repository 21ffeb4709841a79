package org.torpeer.pow.kernel;

/**
 * What came of trying a kernel.
 *
 * @param name the kernel's, such as {@code portable} or {@code vector-16}
 * @param usable whether it computes correctly
 * @param chosen whether it is the one used to search
 * @param speed attempts compared with the first kernel's in the same time; 0 if it was not measured
 * @param remark why it is used or not, in a few words
 */
public record KernelVerdict(String name, boolean usable, boolean chosen, double speed, String remark) {}
