package org.torpeer.cli.terminal;

/** One line of a given greatest width, with colours that do not count as width. */
public final class Line {
    /** How a piece of text looks. */
    public enum Look {
        NORMAL(""),
        BOLD("1"),
        DIM("2"),
        GREEN("32"),
        YELLOW("33");

        private final String code;

        Look(String code) {
            this.code = code;
        }
    }

    private final int width;
    private final boolean colour;
    private final StringBuilder text = new StringBuilder();
    private int used;

    public Line(int width, boolean colour) {
        this.width = width;
        this.colour = colour;
    }

    /** Adds what still fits of a text of single-width characters. */
    public Line add(String piece, Look look) {
        String fitting = piece.length() <= width - used ? piece : piece.substring(0, Math.max(0, width - used));
        if (fitting.isEmpty()) {
            return this;
        }
        boolean styled = colour && !look.code.isEmpty();
        if (styled) {
            text.append("\u001b[").append(look.code).append('m');
        }
        text.append(fitting);
        if (styled) {
            text.append("\u001b[0m");
        }
        used += fitting.length();
        return this;
    }

    public Line add(String piece) {
        return add(piece, Look.NORMAL);
    }

    /** Adds blanks up to a column, if it is not passed already. */
    public Line to(int column) {
        return add(" ".repeat(Math.max(0, column - used)));
    }

    public int left() {
        return width - used;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
