package org.torpeer.node.internal;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Who gives way when all inbound places are taken and a newcomer is at the door. A discouraged one always does. Of the
 * others, half of the places belong to those who were there first and a quarter to those the application has used last;
 * what is left is for newcomers, who follow each other there: each has time to ask for peers, then the youngest goes. So
 * an attacker with many keys drives out other newcomers and mostly itself, and never those who are here for longer.
 */
final class Places {
    /** How long a newcomer may stay in any case. */
    static final Duration GRACE = Duration.ofSeconds(20);
    /** What the application used longer ago protects nobody. */
    static final Duration USED_LATELY = Duration.ofMinutes(10);

    private Places() {}

    /**
     * An inbound session.
     *
     * @param sinceRequest how long ago the application used it, null if never
     * @param awaited whether we wait for an answer
     */
    record Guest<T>(T session, Duration age, @Nullable Duration sinceRequest, boolean awaited, boolean discouraged) {
        private boolean usedLately() {
            return sinceRequest != null && sinceRequest.compareTo(USED_LATELY) < 0;
        }

        private Duration unusedFor() {
            return sinceRequest == null ? USED_LATELY : sinceRequest;
        }
    }

    /**
     * The one to go, if any may. Looks at no more of them than it has to.
     *
     * @param oldestFirst how they are, by their order of age
     * @param judged whether any of them may be discouraged
     */
    static <T> Optional<T> toGo(int count, IntFunction<Guest<T>> oldestFirst, boolean judged) {
        for (int i = count - 1; judged && i >= 0; i--) {
            Guest<T> guest = oldestFirst.apply(i);
            if (guest.discouraged()) {
                return Optional.of(guest.session());
            }
        }
        int firstToGo = count / 2;
        Set<T> used = null;
        for (int i = count - 1; i >= firstToGo; i--) {
            Guest<T> guest = oldestFirst.apply(i);
            if (guest.awaited() || guest.age().compareTo(GRACE) < 0) {
                continue;
            }
            if (guest.usedLately() && used == null) {
                used = usedLast(firstToGo, count, oldestFirst);
            }
            if (used == null || !used.contains(guest.session())) {
                return Optional.of(guest.session());
            }
        }
        return Optional.empty();
    }

    /** Sessions, not guests: time goes on, and who is asked again is older. */
    private static <T> Set<T> usedLast(int from, int count, IntFunction<Guest<T>> guests) {
        return IntStream.range(from, count)
                .mapToObj(guests)
                .filter(Guest::usedLately)
                .sorted(Comparator.<Guest<T>, Duration>comparing(Guest::unusedFor))
                .limit(count / 4)
                .map(Guest::session)
                .collect(Collectors.toSet());
    }
}
