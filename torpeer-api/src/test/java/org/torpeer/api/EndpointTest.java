package org.torpeer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointTest {
    private static final String ADDRESS = "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid.onion";

    @Test
    @DisplayName("it reads what it writes")
    void readsItsOwnText() {
        Endpoint endpoint = Endpoint.parse(ADDRESS + ":65535");
        assertThat(endpoint.port()).isEqualTo(65_535);
        assertThat(endpoint).hasToString(ADDRESS + ":65535");
        assertThat(Endpoint.parse(endpoint.toString())).isEqualTo(endpoint);
    }

    @Test
    @DisplayName("without a port the default is taken")
    void hasDefaultPort() {
        assertThat(Endpoint.parse(ADDRESS).port()).isEqualTo(Endpoint.DEFAULT_PORT);
    }

    @ParameterizedTest
    @DisplayName("a port is a decimal number from 1 to 65535")
    @ValueSource(
            strings = {
                "",
                "0",
                "65536",
                "99999",
                "100000",
                "-1",
                "+1",
                " 1",
                "1 ",
                "0x1",
                "1e1",
                "a",
                "1:1",
                "\u0661",
                "4294967297"
            })
    void refusesBadPorts(String port) {
        assertThatThrownBy(() -> Endpoint.parse(ADDRESS + ":" + port))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("65535");
    }

    @ParameterizedTest
    @DisplayName("nothing but an onion address comes before the port")
    @ValueSource(
            strings = {":80", "example.com:80", "127.0.0.1:80", "[::1]:80", "localhost:7411", "http://example.com"})
    void refusesOtherHosts(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text)).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @DisplayName("the constructor checks the port too")
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65_536, Integer.MAX_VALUE})
    void constructorRefuses(int port) {
        PeerId peer = PeerId.of(new byte[PeerId.BYTES]);
        assertThatThrownBy(() -> new Endpoint(peer, port)).isInstanceOf(InvalidInputException.class);
    }
}
