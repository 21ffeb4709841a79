package org.torpeer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkIdTest {
    @Test
    @DisplayName("the id is the hash of tag and name, as sha256sum makes it")
    void hashesName() {
        assertThat(HexFormat.of().formatHex(NetworkId.of("my-network").toBytes()))
                .isEqualTo("d5a0cd1d2745ce2f9d6e3d5fe369021c84bd6d96e10e87eb27864fb39ef2aceb");
    }

    @Test
    @DisplayName("the name is counted in bytes of UTF-8, up to 64")
    void boundsName() {
        assertThat(NetworkId.of("x".repeat(64)).name()).hasSize(64);
        assertThat(NetworkId.of("\u00e9".repeat(32)).name()).hasSize(32);
        assertThatThrownBy(() -> NetworkId.of("x".repeat(65))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> NetworkId.of("\u00e9".repeat(33))).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @DisplayName("no name and control characters are refused")
    @ValueSource(strings = {"", "a\nb", "\0", "\t", "a\u007f", "\u0085", "\u001b[31m"})
    void refusesNames(String name) {
        assertThatThrownBy(() -> NetworkId.of(name)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    @DisplayName("names that differ in anything are different networks")
    void distinguishes() {
        assertThat(NetworkId.of("a")).isEqualTo(NetworkId.of("a")).hasSameHashCodeAs(NetworkId.of("a"));
        assertThat(NetworkId.of("a")).isNotEqualTo(NetworkId.of("A")).isNotEqualTo(NetworkId.of("a "));
    }

    @Test
    @DisplayName("its bytes are a copy")
    void copies() {
        NetworkId network = NetworkId.of("a");
        Arrays.fill(network.toBytes(), (byte) 0);
        assertThat(network).isEqualTo(NetworkId.of("a"));
        assertThat(network.toBytes()).hasSize(32).isNotEqualTo(new byte[32]);
    }
}
