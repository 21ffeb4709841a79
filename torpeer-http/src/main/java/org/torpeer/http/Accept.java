package org.torpeer.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Chooses a media type by a request's Accept header, as RFC 9110 section 12.5.1 has it. */
final class Accept {
    static final String JSON = "application/json";
    static final String PROTOBUF = "application/x-protobuf";

    private static final int MAX_CHARACTERS = 1024;

    private Accept() {}

    /**
     * The type wanted more, JSON when both are wanted the same; empty if neither is acceptable.
     *
     * @param values of all Accept headers; none accepts everything
     */
    static Optional<String> choose(List<String> values) {
        String accept = String.join(",", values);
        if (accept.isBlank()) {
            return Optional.of(JSON);
        }
        if (accept.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        int json = weight(accept, JSON);
        int protobuf = weight(accept, PROTOBUF);
        if (json == 0 && protobuf == 0) {
            return Optional.empty();
        }
        return Optional.of(protobuf > json ? PROTOBUF : JSON);
    }

    /** The weight of the most specific range that has the type, in thousandths. */
    private static int weight(String accept, String type) {
        int best = 0;
        int weight = 0;
        for (String range : accept.split(",", -1)) {
            String[] parts = range.toLowerCase(Locale.ROOT).split(";", -1);
            int specificity = specificity(parts[0].strip(), type);
            if (specificity > best) {
                best = specificity;
                weight = weight(parts);
            }
        }
        return weight;
    }

    private static int specificity(String range, String type) {
        if (range.equals(type)) {
            return 3;
        }
        if (range.equals("application/*")) {
            return 2;
        }
        return range.equals("*/*") ? 1 : 0;
    }

    private static int weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                return thousandths(parameter.substring(2));
            }
        }
        return 1000;
    }

    /** What is not a weight counts as none. */
    private static int thousandths(String weight) {
        if (!weight.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?")) {
            return 0;
        }
        return (int) Math.round(Double.parseDouble(weight) * 1000);
    }
}
