package org.torpeer.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** A sentence in as many lines as it takes. */
public final class Wrapped {
    private Wrapped() {}

    /**
     * The words of a text, filled into lines; one that is longer than a line is cut into several. None of an empty text.
     *
     * @param width greatest length of a line, at least 1
     */
    public static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split(" +", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
            while (line.length() > width) {
                lines.add(line.substring(0, width));
                line.delete(0, width);
            }
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return List.copyOf(lines);
    }
}
