package org.torpeer.sim;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Which of some keys somebody may have meant who wrote another one. */
final class Similar {
    private static final int MOST = 3;
    /** One letter in so many may be wrong. */
    private static final int LETTERS_PER_ERROR = 3;

    private Similar() {}

    /**
     * The keys that differ from this one by few letters, or end with its last part, such as {@code links.dial-failure} with
     * {@code link.failure}; at most {@value #MOST}, the nearest first.
     */
    static List<String> to(String key, Collection<String> keys) {
        String last = key.substring(key.lastIndexOf('.') + 1);
        return keys.stream()
                .filter(each -> distance(key, each) <= key.length() / LETTERS_PER_ERROR
                        || (last.length() >= LETTERS_PER_ERROR && each.endsWith(last)))
                .sorted(Comparator.comparingInt(each -> distance(key, each)))
                .limit(MOST)
                .toList();
    }

    /** How many letters have to be put in, left out or changed to make one of the other: Levenshtein's distance, by Wagner and Fischer. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
