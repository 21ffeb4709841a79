package org.torpeer.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.torpeer.node.internal.Places.Guest;

class PlacesTest {
    private final List<Guest<String>> guests = new ArrayList<>();

    @Test
    void theYoungestThatHadItsTimeGoes() {
        for (int i = 0; i < 16; i++) {
            guest("old " + i, Duration.ofMinutes(60 - i), null, false, false);
        }
        guest("new", Places.GRACE.minusSeconds(1), null, false, false);
        assertThat(goes()).isEqualTo("old 15");
        guest("had its time", Places.GRACE, null, false, false);
        assertThat(goes()).isEqualTo("had its time");
    }

    @Test
    void whatTheApplicationUsesStaysButNeverAllOfIt() {
        for (int i = 0; i < 16; i++) {
            guest("used " + i, Duration.ofMinutes(60 - i), Duration.ofSeconds(i), false, false);
        }
        // Half are here for longest, and of the rest a quarter of all was used last.
        assertThat(goes()).isEqualTo("used 15");
        guest("idle", Duration.ofMinutes(50), Duration.ofHours(1), false, false);
        guest("used now", Duration.ofSeconds(30), Duration.ZERO, false, false);
        assertThat(goes()).isEqualTo("used 15");
    }

    @Test
    void whomWeWaitForStays() {
        for (int i = 0; i < 8; i++) {
            guest("old " + i, Duration.ofMinutes(60 - i), null, i == 7, false);
        }
        assertThat(goes()).isEqualTo("old 6");
    }

    @Test
    void aDiscouragedPeerGivesWayFirst() {
        for (int i = 0; i < 8; i++) {
            guest("old " + i, Duration.ofMinutes(60 - i), Duration.ZERO, true, i == 0);
        }
        assertThat(goes()).isEqualTo("old 0");
    }

    @Test
    void nobodyGoesWhileAllAreNewOrThereForLonger() {
        for (int i = 0; i < 8; i++) {
            guest("old " + i, Duration.ofMinutes(60 - i), null, false, false);
        }
        for (int i = 0; i < 8; i++) {
            guest("new " + i, Duration.ofSeconds(i), null, false, false);
        }
        assertThat(toGo()).isEmpty();
        guests.clear();
        assertThat(toGo()).isEmpty();
    }

    @Test
    void whatTheApplicationUsesStaysThoughTimeGoesOnMeanwhile() {
        for (int i = 0; i < 16; i++) {
            guest("old " + i, Duration.ofMinutes(60 - i), null, false, false);
        }
        guest("used now", Duration.ofSeconds(30), Duration.ZERO, false, false);
        int[] asked = {0};
        Optional<String> leaving =
                Places.toGo(guests.size(), place -> later(guests.get(place), Duration.ofNanos(++asked[0])), false);
        assertThat(leaving).contains("old 15");
    }

    private static Guest<String> later(Guest<String> guest, Duration after) {
        Duration since = guest.sinceRequest();
        return new Guest<>(
                guest.session(),
                guest.age().plus(after),
                since == null ? null : since.plus(after),
                guest.awaited(),
                guest.discouraged());
    }

    private String goes() {
        return toGo().orElseThrow();
    }

    private Optional<String> toGo() {
        guests.sort(Comparator.<Guest<String>, Duration>comparing(Guest::age).reversed());
        return Places.toGo(guests.size(), guests::get, guests.stream().anyMatch(Guest::discouraged));
    }

    private void guest(
            String name, Duration age, @Nullable Duration sinceRequest, boolean awaited, boolean discouraged) {
        guests.add(new Guest<>(name, age, sinceRequest, awaited, discouraged));
    }
}
