package org.torpeer.sim;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.torpeer.api.InvalidInputException;

/**
 * Somebody who plays against the network, with as many identities as a budget buys at the price of the network's proof of
 * work. The run itself works with smaller proofs, so the price is part of the scenario.
 *
 * @param coreHours the budget
 * @param bits of the proof that the network demands
 * @param attemptsPerSecond of one core
 * @param dollarsPerCoreHour what a core costs
 * @param most identities, whatever the budget: what is simulated has to fit into a machine
 * @param begins when the attack does
 * @param dialsPerMinute of all identities together
 * @param victims the share of participants that is aimed at by an {@link Kind#ECLIPSE eclipse}
 * @param restart when these are restarted, as an attacker would wait for or bring about
 * @param keepsState the share of them that comes back with what it knew; the others join anew
 * @param defences what stands against it
 * @param compared whether an experiment also runs with each other choice of defences
 */
public record Adversary(
        Kind kind,
        double coreHours,
        int bits,
        double attemptsPerSecond,
        double dollarsPerCoreHour,
        int most,
        Duration begins,
        int dialsPerMinute,
        double victims,
        Duration restart,
        double keepsState,
        Defences defences,
        boolean compared) {
    /** No proof is larger. */
    public static final int MAX_BITS = 64;
    /** More identities would not tell more. */
    public static final int MAX_IDENTITIES = 10_000;

    /** What it does. */
    public enum Kind {
        /** Its identities come to nodes all over the network and tell of nobody but each other. */
        SYBIL,
        /** As sybil, but aimed at some participants only, which restart in the midst of it. */
        ECLIPSE,
        /** They fill sessions with records of hosts that are not there, questions, and proofs that are none. */
        FLOOD;

        /** As in a scenario. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * @throws InvalidInputException if the text is none of them
         */
        static Kind of(String text) {
            return Arrays.stream(values())
                    .filter(each -> each.text().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new InvalidInputException("it is one of sybil, eclipse, flood"));
        }
    }

    /**
     * @throws InvalidInputException if the values are impossible
     */
    public Adversary {
        if (!(coreHours >= 0) || !(attemptsPerSecond > 0) || !(dollarsPerCoreHour >= 0)) {
            throw new InvalidInputException("budgets and prices are not negative, and a core makes some attempts");
        }
        if (bits < 0 || bits > MAX_BITS || most < 0 || most > MAX_IDENTITIES || dialsPerMinute < 1) {
            throw new InvalidInputException("an adversary has up to " + MAX_IDENTITIES + " identities of up to "
                    + MAX_BITS + " bits and dials at least once a minute");
        }
        if (begins.isNegative() || restart.isNegative()) {
            throw new InvalidInputException("an attack cannot begin before the run does");
        }
        if (!(victims >= 0 && victims <= 1 && keepsState >= 0 && keepsState <= 1)) {
            throw new InvalidInputException("a share is 0 to 1");
        }
    }

    /** What the budget buys: by the mean work for a proof, or as many as there may be if that costs nothing. */
    public int identities() {
        return defences.proof() ? (int) Math.min(most, Math.floor(coreHours / coreHoursEach())) : most;
    }

    /** What the identities took; nothing where no proof is demanded. */
    public double coreHoursSpent() {
        return defences.proof() ? identities() * coreHoursEach() : 0;
    }

    /** What that costs. */
    public double dollarsSpent() {
        return coreHoursSpent() * dollarsPerCoreHour;
    }

    /** The same against other defences, and not compared. */
    public Adversary against(Defences other) {
        return new Adversary(
                kind,
                coreHours,
                bits,
                attemptsPerSecond,
                dollarsPerCoreHour,
                most,
                begins,
                dialsPerMinute,
                victims,
                restart,
                keepsState,
                other,
                false);
    }

    private double coreHoursEach() {
        return Math.scalb(1.0, bits) / attemptsPerSecond / Duration.ofHours(1).toSeconds();
    }
}
