package org.torpeer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OnionAddressTest {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    /** Of tor's own test, hs_build_address.py. */
    private static final String TOR = "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid";

    @ParameterizedTest
    @DisplayName("keys have the addresses that tor and Bitcoin's tests give them")
    @CsvSource({
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,"
                + "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid",
        "79bcc625184b05194975c28b66b66b0469f7f6556fb1ac3189a79b40dda32f1f,"
                + "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd"
    })
    void knownAddresses(String key, String name) {
        PeerId peer = PeerId.of(HexFormat.of().parseHex(key));
        assertThat(OnionAddress.of(peer)).hasToString(name + ".onion");
        assertThat(OnionAddress.of(peer).serviceId()).isEqualTo(name);
        assertThat(OnionAddress.parse(name).peer()).isEqualTo(peer);
        assertThat(OnionAddress.parse(name + ".onion")).isEqualTo(OnionAddress.of(peer));
    }

    @Test
    @DisplayName("letter case does not matter, and the text is always lower case")
    void readsAnyCase() {
        OnionAddress address = OnionAddress.parse(TOR.toUpperCase(Locale.ROOT) + ".ONION");
        assertThat(address).isEqualTo(OnionAddress.parse(TOR)).hasSameHashCodeAs(OnionAddress.parse(TOR));
        assertThat(address).hasToString(TOR + ".onion");
    }

    @Test
    @DisplayName("a wrong checksum and a wrong version are told apart (Bitcoin's net_tests.cpp)")
    void tellsErrorsApart() {
        String start = "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4psc";
        assertThatThrownBy(() -> OnionAddress.parse(start + "sad"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("checksum");
        assertThatThrownBy(() -> OnionAddress.parse(start + "rye"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("version");
    }

    @Test
    @DisplayName("any one character replaced by any other is noticed")
    void noticesEveryTypingError() {
        for (int at = 0; at < TOR.length(); at++) {
            for (char other : (ALPHABET + "0189=-. \u00e9").toCharArray()) {
                String wrong = TOR.substring(0, at) + other + TOR.substring(at + 1);
                if (other != TOR.charAt(at)) {
                    assertThatThrownBy(() -> OnionAddress.parse(wrong))
                            .as(wrong)
                            .isInstanceOf(InvalidInputException.class);
                }
            }
        }
    }

    @Test
    @DisplayName(
            "a character beyond ASCII is refused even if its lower case is in ASCII, as that of the Kelvin sign is")
    void refusesLookalikes() {
        assertThatThrownBy(() -> OnionAddress.parse(TOR.replace('k', '\u212a')))
                .isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @DisplayName("what is no v3 address is refused")
    @ValueSource(
            strings = {
                "",
                ".onion",
                "expyuzz4wqqyqhjn.onion",
                "example.com",
                "127.0.0.1",
                "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5si",
                "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sidd",
                "www.25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid.onion",
                "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid.onion.",
                " 25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid"
            })
    void refusesOthers(String text) {
        assertThatThrownBy(() -> OnionAddress.parse(text)).isInstanceOf(InvalidInputException.class);
    }
}
