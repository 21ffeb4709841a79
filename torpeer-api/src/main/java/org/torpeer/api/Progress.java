package org.torpeer.api;

/**
 * How far a long operation has come.
 *
 * @param step what is being done, in a word or two that stay the same while the step lasts
 * @param fraction 0 to 1; of a search without an end, the probability to have finished by now
 * @param detail one line for a person
 */
public record Progress(String step, double fraction, String detail) {}
