package org.torpeer.sim.report;

import java.util.Locale;
import org.torpeer.sim.Measure;

/** Numbers as a reader of a report wants them: about three figures, with a unit, without idle zeros. */
final class Quantity {
    private Quantity() {}

    static String of(double value, Measure.Unit unit) {
        return switch (unit) {
            case SECONDS -> time(value);
            case SHARE -> share(value);
            case BYTES -> bytes(value);
            case NUMBER -> number(value);
        };
    }

    static String time(double seconds) {
        if (seconds < 120) {
            return figures(seconds) + " s";
        }
        return seconds < 7200 ? figures(seconds / 60) + " min" : figures(seconds / 3600) + " h";
    }

    static String share(double part) {
        return figures(part * 100) + " %";
    }

    static String bytes(double bytes) {
        return scaled(bytes, " ", "B");
    }

    static String number(double value) {
        return scaled(value, value < 999.5 ? "" : " ", "").stripTrailing();
    }

    private static String scaled(double value, String gap, String unit) {
        String[] prefixes = {"", "k", "M", "G", "T"};
        double rest = value;
        int prefix = 0;
        while (rest >= 999.5 && prefix < prefixes.length - 1) {
            rest /= 1000;
            prefix++;
        }
        return figures(rest) + gap + prefixes[prefix] + unit;
    }

    private static String figures(double value) {
        if (value != 0 && Math.abs(value) < 0.001) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        int decimals = value < 0.0995 ? 3 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return decimals == 0 ? text : text.replaceFirst("\\.?0+$", "");
    }
}
