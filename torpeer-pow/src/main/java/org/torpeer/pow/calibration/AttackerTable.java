package org.torpeer.pow.calibration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.pow.internal.ScryptWork;

/**
 * What others can compute with: equipment, rates, prices and where the figures are from. Lines of text, each
 * {@code name | algorithm | parameters | attempts per second | dollars per hour | source}; {@code #} begins a comment. The
 * rate {@code measured} and the algorithm {@code *} stand for this machine; its price is for each thread.
 */
public final class AttackerTable {
    private static final String MEASURED = "measured";
    private static final String ANY = "*";
    private static final int FIELDS = 6;
    private static final int MAX_BYTES = 64 << 10;
    private static final double MAX_FIGURE = 1e30;

    private final List<Row> rows;

    private AttackerTable(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    private record Row(
            String name, String algorithm, String parameters, String rate, double costPerHour, String source) {}

    /** The table that comes with this module. */
    public static AttackerTable builtIn() {
        try (InputStream in = Objects.requireNonNull(AttackerTable.class.getResourceAsStream("attackers.txt"))) {
            return parse(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("the module's own table cannot be read", e);
        }
    }

    /**
     * A table from a file of at most 64 KiB.
     *
     * @throws InvalidInputException if it cannot be read or is not such a table
     */
    public static AttackerTable read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new InvalidInputException("a table of attackers has at most 64 KiB");
            }
            return parse(new String(bytes, UTF_8));
        } catch (IOException e) {
            throw new InvalidInputException("the table of attackers " + file + " cannot be read", e);
        }
    }

    /** @throws InvalidInputException if it is not such a table; says in which line */
    public static AttackerTable parse(String text) {
        List<Row> rows = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                rows.add(row(line, i + 1));
            }
        }
        return new AttackerTable(rows);
    }

    private static Row row(String line, int number) {
        String[] fields = line.split("\\|", -1);
        if (fields.length != FIELDS) {
            throw new InvalidInputException("line " + number + " of the table of attackers has not six fields:"
                    + " name | algorithm | parameters | attempts per second | dollars per hour | source");
        }
        for (int i = 0; i < FIELDS; i++) {
            fields[i] = fields[i].strip();
        }
        if (!fields[3].equals(MEASURED)) {
            figure(fields[3], number);
        }
        return new Row(fields[0], fields[1], fields[2], fields[3], figure(fields[4], number), fields[5]);
    }

    private static double figure(String text, int line) {
        try {
            double value = Double.parseDouble(text);
            if (value > 0 && value <= MAX_FIGURE) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw badFigure(line, e);
        }
        throw badFigure(line, null);
    }

    private static InvalidInputException badFigure(int line, @Nullable Throwable cause) {
        return new InvalidInputException(
                "line " + line + " of the table of attackers: rates and prices are numbers above 0", cause);
    }

    /** The costs of those who can compute an algorithm, at its recommended bits. */
    List<AttackCost> costs(AlgorithmFigures figures, int threads) {
        List<AttackCost> costs = new ArrayList<>();
        for (Row row : rows) {
            if (row.algorithm.equals(ANY) || row.algorithm.equals(figures.name())) {
                costs.add(cost(row, figures, threads));
            }
        }
        return costs;
    }

    private static AttackCost cost(Row row, AlgorithmFigures figures, int threads) {
        boolean measured = row.rate.equals(MEASURED);
        double scale = measured ? 1 : ScryptWork.ratio(row.parameters, figures.parameters());
        double rate = measured ? figures.total() : Double.parseDouble(row.rate) * scale;
        double perHour = measured ? row.costPerHour * threads : row.costPerHour;
        double seconds = Math.scalb(1.0, figures.bits()) / rate;
        double each = seconds / 3600 * perHour;
        String source = scale == 1 ? row.source : row.source + "; scaled from " + row.parameters + " by N*r*p";
        return new AttackCost(
                row.name, figures.name(), figures.parameters(), rate, perHour, seconds, each, 10_000 * each, source);
    }
}
