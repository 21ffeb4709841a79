package org.torpeer.transport.tor.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.torpeer.api.InvalidInputException;

/** The lines of a torrc. */
public final class Torrc {
    private final List<String> lines = new ArrayList<>();

    public Torrc set(String option, String value) {
        return line(option + " " + value);
    }

    /** A path, quoted so that spaces and number signs stay part of it. */
    public Torrc path(String option, Path path) {
        String text = path.toAbsolutePath().toString().replace("\\", "\\\\").replace("\"", "\\\"");
        return line(option + " \"" + text + "\"");
    }

    public Torrc all(List<String> more) {
        more.forEach(this::line);
        return this;
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    private Torrc line(String line) {
        if (line.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInputException("a line of tor's configuration holds a control character: a path perhaps");
        }
        lines.add(line);
        return this;
    }
}
