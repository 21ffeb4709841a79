package org.torpeer.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.torpeer.api.Endpoint;
import org.torpeer.api.Role;
import org.torpeer.cli.terminal.Line;
import org.torpeer.cli.terminal.Line.Look;
import org.torpeer.cli.terminal.Terminal;

/** Who knows whom as a table for whatever room there is: rows find columns. Not safe for several threads. */
final class DemoMatrix {
    private enum Cell {
        NOTHING,
        FOUND,
        ANSWERED
    }

    private static final int NUMBER = 4;
    private static final int ROLE = 13;
    private static final int ADDRESS = 12;
    private static final int COUNT = 12;
    private static final int SHOWN_CHARACTERS = 8;

    private final int nodes;
    private final Terminal terminal;
    private final Cell[][] cells;
    private final String[] roles;
    private final String[] addresses;
    private final List<Duration> roundTrips = new ArrayList<>();

    DemoMatrix(int nodes, Terminal terminal) {
        this.nodes = nodes;
        this.terminal = terminal;
        cells = new Cell[nodes][nodes];
        for (Cell[] row : cells) {
            Arrays.fill(row, Cell.NOTHING);
        }
        roles = new String[nodes];
        Arrays.fill(roles, "");
        addresses = new String[nodes];
        Arrays.fill(addresses, "starting");
    }

    void started(int node, Role role, Endpoint endpoint) {
        roles[node] = role.name().toLowerCase(Locale.ROOT);
        addresses[node] =
                endpoint.peer().toString().substring(0, SHOWN_CHARACTERS) + (terminal.unicode() ? "\u2026" : "..");
    }

    void found(int node, int other) {
        if (cells[node][other] == Cell.NOTHING) {
            cells[node][other] = Cell.FOUND;
        }
    }

    void answered(int from, int to, Duration roundTrip) {
        cells[from][to] = Cell.ANSWERED;
        roundTrips.add(roundTrip);
    }

    /** The table if it fits, and the sums. */
    List<String> lines(int width, int height) {
        List<String> lines = new ArrayList<>();
        if (nodes + 3 <= height && NUMBER + 2 * nodes <= width) {
            addTable(lines, width);
        }
        lines.add(sums(width));
        return lines;
    }

    private void addTable(List<String> lines, int width) {
        int cell = NUMBER + 3 * nodes <= width ? 3 : 2;
        int left = width - NUMBER - cell * nodes;
        boolean count = left >= COUNT;
        boolean address = left >= COUNT + ADDRESS;
        boolean role = left >= COUNT + ADDRESS + ROLE;
        int start = NUMBER + (address ? ADDRESS : 0) + (role ? ROLE : 0);
        Line head = line(width).add(address ? "  who knows whom" : "", Look.DIM).to(start);
        for (int node = 0; node < nodes; node++) {
            head.add(right(cell == 3 ? node : node % 10, cell), Look.DIM);
        }
        lines.add(head.toString());
        for (int node = 0; node < nodes; node++) {
            Line row = line(width).add(right(node, NUMBER - 1)).add(" ");
            if (role) {
                row.add(roles[node]).to(NUMBER + ROLE);
            }
            if (address) {
                row.add(addresses[node], Look.DIM).to(start);
            }
            for (int other = 0; other < nodes; other++) {
                addCell(row.add(" ".repeat(cell - 1)), node, other);
            }
            if (count) {
                row.add("   " + foundBy(node) + " of " + (nodes - 1), Look.DIM);
            }
            lines.add(row.toString());
        }
        lines.add(legend(width, start));
    }

    private void addCell(Line row, int node, int other) {
        if (node == other) {
            row.add(" ");
            return;
        }
        switch (cells[node][other]) {
            case NOTHING -> row.add(terminal.unicode() ? "\u00b7" : ".", Look.DIM);
            case FOUND -> row.add("o", Look.YELLOW);
            case ANSWERED -> row.add(answeredMark(), Look.GREEN);
        }
    }

    private String legend(int width, int start) {
        return line(width)
                .to(start > NUMBER ? start + 2 : 2)
                .add("o", Look.YELLOW)
                .add(" found   ", Look.DIM)
                .add(answeredMark(), Look.GREEN)
                .add(" found, and it answered", Look.DIM)
                .toString();
    }

    private String answeredMark() {
        return terminal.unicode() ? "\u2713" : "#";
    }

    private String sums(int width) {
        long found = 0;
        for (int node = 0; node < nodes; node++) {
            found += foundBy(node);
        }
        int messages = (nodes - 1) * (nodes - 2);
        String middle = roundTrips.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", median %.1f ms",
                        roundTrips.stream()
                                        .sorted()
                                        .toList()
                                        .get(roundTrips.size() / 2)
                                        .toNanos()
                                / 1e6);
        return line(width)
                .add("  found " + found + " of " + nodes * (nodes - 1) + ", answered " + roundTrips.size() + " of "
                        + messages + middle)
                .toString();
    }

    private long foundBy(int node) {
        return Arrays.stream(cells[node]).filter(cell -> cell != Cell.NOTHING).count();
    }

    private Line line(int width) {
        return new Line(width, terminal.colour());
    }

    private static String right(int number, int width) {
        String text = Integer.toString(number);
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
