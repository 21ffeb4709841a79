package org.torpeer.cli.terminal;

/** Makes any text fit for one line of a terminal: what others sent must not move the cursor or span lines. */
public final class OneLine {
    private static final int MAX_CHARACTERS = 1000;

    private OneLine() {}

    /** The text with control and direction characters replaced, cut after a thousand characters. */
    public static String of(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), MAX_CHARACTERS));
        text.codePoints().limit(MAX_CHARACTERS).forEach(c -> line.appendCodePoint(harmless(c) ? c : ' '));
        if (text.codePointCount(0, text.length()) > MAX_CHARACTERS) {
            line.append("...");
        }
        return line.toString().strip();
    }

    private static boolean harmless(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE;
    }
}
