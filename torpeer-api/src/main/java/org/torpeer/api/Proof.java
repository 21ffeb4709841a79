package org.torpeer.api;

/**
 * A claimed proof of work. The claim is only worth something after the algorithm has verified it for the key it came
 * with.
 *
 * @param algorithm name of the algorithm, ASCII
 * @param parameters the algorithm's parameters in its canonical text form, empty if it has none
 * @param bits the number of leading zero bits claimed
 * @param nonce the solution, all 64 bits used
 * @param epoch the network's epoch the proof was made for, unsigned 32 bits
 */
public record Proof(String algorithm, String parameters, int bits, long nonce, int epoch) {}
