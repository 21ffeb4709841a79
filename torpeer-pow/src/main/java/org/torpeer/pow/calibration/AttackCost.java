package org.torpeer.pow.calibration;

/**
 * What identities cost an attacker, at the bits recommended for an algorithm.
 *
 * @param name who
 * @param algorithm the algorithm attacked
 * @param parameters its parameters
 * @param attemptsPerSecond the attacker's rate
 * @param costPerHour of the equipment, in US dollars
 * @param secondsPerIdentity mean time for one
 * @param costPerIdentity mean cost of one, in US dollars
 * @param costPer10000 of ten thousand
 * @param source where rate and price are from
 */
public record AttackCost(
        String name,
        String algorithm,
        String parameters,
        double attemptsPerSecond,
        double costPerHour,
        double secondsPerIdentity,
        double costPerIdentity,
        double costPer10000,
        String source) {}
