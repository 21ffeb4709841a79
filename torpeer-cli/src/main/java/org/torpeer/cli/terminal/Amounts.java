package org.torpeer.cli.terminal;

import java.util.Locale;

/** Amounts as a person reads them, to about three figures. */
public final class Amounts {
    private static final double MINUTE = 60;
    private static final double HOUR = 3600;
    private static final double DAY = 86_400;
    private static final double YEAR = 365.25 * DAY;

    private Amounts() {}

    public static String time(double seconds) {
        if (seconds == 0) {
            return "0 s";
        }
        if (seconds < 1e-6) {
            return figures(seconds * 1e9) + " ns";
        }
        if (seconds < 1e-3) {
            return figures(seconds * 1e6) + " us";
        }
        if (seconds < 1) {
            return figures(seconds * 1e3) + " ms";
        }
        if (seconds < 2 * MINUTE) {
            return figures(seconds) + " s";
        }
        if (seconds < 2 * HOUR) {
            return figures(seconds / MINUTE) + " min";
        }
        if (seconds < 2 * DAY) {
            return figures(seconds / HOUR) + " h";
        }
        return seconds < 2 * YEAR ? figures(seconds / DAY) + " d" : figures(seconds / YEAR) + " years";
    }

    public static String dollars(double amount) {
        if (amount >= 1e6) {
            return "$" + figures(amount / 1e6) + " M";
        }
        if (amount >= 0.01) {
            return "$" + String.format(Locale.ROOT, amount < 1000 ? "%.2f" : "%,.0f", amount);
        }
        return "$" + (amount == 0 ? "0" : String.format(Locale.ROOT, "%.1e", amount));
    }

    public static String memory(long bytes) {
        if (bytes < 10L << 10) {
            return bytes + " B";
        }
        return bytes < 10L << 20 ? bytes / 1024 + " KiB" : bytes / (1024 * 1024) + " MiB";
    }

    /** A rate or count with the prefix of its unit: {@code 12.3 M}. */
    public static String count(double value) {
        if (value == 0) {
            return "0";
        }
        String[] prefixes = {"", " k", " M", " G", " T"};
        double scaled = value;
        int prefix = 0;
        while (scaled >= 999.5 && prefix < prefixes.length - 1) {
            scaled /= 1000;
            prefix++;
        }
        return figures(scaled) + prefixes[prefix];
    }

    private static String figures(double value) {
        if (value >= 1e6 || (value != 0 && value < 0.01)) {
            return String.format(Locale.ROOT, "%.2g", value);
        }
        int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
