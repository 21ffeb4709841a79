package org.torpeer.transport.tor.internal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a tor has come in joining its network. Format: Tor control protocol, section 4.1.10.
 *
 * @param percent 0 to 100
 * @param summary what it does, for a person
 * @param warning what stands in the way; empty if nothing is known to
 */
public record BootstrapPhase(int percent, String summary, String warning) {
    private static final Pattern PROGRESS = Pattern.compile("\\bPROGRESS=(\\d{1,3})\\b");
    private static final Pattern SUMMARY = Pattern.compile("\\bSUMMARY=\"([^\"]*)\"");
    private static final Pattern WARNING = Pattern.compile("\\bWARNING=\"([^\"]*)\"");
    private static final Pattern REASON = Pattern.compile("\\bREASON=(\\w+)");

    /** Reads the answer to {@code GETINFO status/bootstrap-phase}; what is missing is taken for not begun. */
    static BootstrapPhase parse(String text) {
        String progress = first(PROGRESS, text);
        int percent = progress.isEmpty() ? 0 : Math.min(100, Integer.parseInt(progress));
        String warning = first(WARNING, text);
        String reason = first(REASON, text).toLowerCase(Locale.ROOT);
        return new BootstrapPhase(
                percent, first(SUMMARY, text), reason.isEmpty() ? warning : warning + " (" + reason + ")");
    }

    boolean isDone() {
        return percent == 100;
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : "";
    }
}
