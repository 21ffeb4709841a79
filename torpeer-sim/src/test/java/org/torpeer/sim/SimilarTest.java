package org.torpeer.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SimilarTest {
    private static final List<String> KEYS = List.of(
            "nodes",
            "nodes-per-router",
            "links.dial-failure",
            "churn.begins",
            "partition.begins",
            "adversary.begins",
            "partition.share",
            "routers.share",
            "books.mature",
            "books.routers-mature");

    @ParameterizedTest
    @CsvSource({
        "noodles, nodes",
        "node, nodes",
        "nodes-per-routers, nodes-per-router",
        "dial-failure, links.dial-failure",
        "link.failure, links.dial-failure",
        "books.matur, books.mature",
        "mature, books.mature books.routers-mature",
        "begins, churn.begins partition.begins adversary.begins",
        "router.share, routers.share partition.share",
        "x, ''",
        "latency, ''",
    })
    @DisplayName("a key is like those with few other letters, and those with the same last part, the nearest first")
    void similar(String key, String expected) {
        assertThat(String.join(" ", Similar.to(key, KEYS))).isEqualTo(expected);
    }
}
