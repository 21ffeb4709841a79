package org.torpeer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "application/*",
                "application/json",
                "APPLICATION/JSON; charset=utf-8",
                "text/html, */*;q=0.1",
                "application/x-protobuf, application/json",
                "application/x-protobuf;q=0.5, */*;q=0.6",
                "application/x-protobuf;q=0, */*"
            })
    void jsonUnlessProtobufIsWantedMore(String accept) {
        assertThat(Accept.choose(List.of(accept))).contains(Accept.JSON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/x-protobuf",
                "application/json;q=0.9, application/x-protobuf",
                "*/*;q=0.9, application/x-protobuf;q=1.000",
                "application/json;q=0, application/*",
                "application/json;q=abc, application/x-protobuf;q=0.001"
            })
    void protobufWhereWantedMore(String accept) {
        assertThat(Accept.choose(List.of(accept))).contains(Accept.PROTOBUF);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "application/json;q=0",
                "*/*;q=0",
                "application/json;q=-1",
                "application/json;q=1e9",
                ";;,,;q",
                "application/jsonx"
            })
    void neither(String accept) {
        assertThat(Accept.choose(List.of(accept))).isEmpty();
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(Accept.choose(List.of())).contains(Accept.JSON);
        assertThat(Accept.choose(List.of("text/html", "application/x-protobuf")))
                .contains(Accept.PROTOBUF);
        assertThat(Accept.choose(List.of("application/json" + ",a/b".repeat(1000))))
                .isEmpty();
    }
}
