package org.torpeer.sim;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.torpeer.api.InvalidInputException;

/** Which of the things that stand against an adversary are there. */
public enum Defences {
    /** Identities cost nothing, and books take whatever they are told. */
    NONE(false, false),
    /** Identities have their price; books take whatever they are told. */
    PROOF(true, false),
    /** Books are as nodes have them; identities cost nothing. */
    BOOK(false, true),
    /** As in any network of these nodes. */
    ALL(true, true);

    private final boolean proof;
    private final boolean book;

    Defences(boolean proof, boolean book) {
        this.proof = proof;
        this.book = book;
    }

    /** Whether identities cost what their proof of work does. */
    public boolean proof() {
        return proof;
    }

    /** Whether books defend themselves. */
    public boolean book() {
        return book;
    }

    /** As in a scenario. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws InvalidInputException if the text is none of them
     */
    static Defences of(String text) {
        return Arrays.stream(values())
                .filter(each -> each.text().equals(text))
                .findFirst()
                .orElseThrow(
                        () -> new InvalidInputException("it is one of " + String.join(", ", texts(List.of(values())))));
    }

    private static List<String> texts(List<Defences> those) {
        return those.stream().map(Defences::text).toList();
    }
}
