package org.torpeer.node.internal;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** The one to go, if any may. */
    static <T> Optional<Guest<T>> toGo(List<Guest<T>> guests) {
        Optional<Guest<T>> discouraged =
                guests.stream().filter(Guest::discouraged).min(Comparator.comparing(Guest::age));
        if (discouraged.isPresent()) {
            return discouraged;
        }
        Set<Guest<T>> stay = new HashSet<>();
        guests.stream()
                .sorted(Comparator.<Guest<T>, Duration>comparing(Guest::age).reversed())
                .limit(guests.size() / 2)
                .forEach(stay::add);
        guests.stream()
                .filter(guest -> !stay.contains(guest) && guest.usedLately())
                .sorted(Comparator.<Guest<T>, Duration>comparing(Guest::unusedFor))
                .limit(guests.size() / 4)
                .toList()
                .forEach(stay::add);
        return guests.stream()
                .filter(guest ->
                        !stay.contains(guest) && !guest.awaited() && guest.age().compareTo(GRACE) >= 0)
                .min(Comparator.comparing(Guest::age));
    }
}
