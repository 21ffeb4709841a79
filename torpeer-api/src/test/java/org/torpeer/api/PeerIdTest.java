package org.torpeer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PeerIdTest {
    @ParameterizedTest
    @DisplayName("a key has 32 bytes, no more, no less")
    @ValueSource(ints = {0, 31, 33, 64})
    void refusesOtherLengths(int length) {
        assertThatThrownBy(() -> PeerId.of(new byte[length]))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("32")
                .hasMessageContaining(String.valueOf(length));
    }

    @Test
    @DisplayName("bytes are copied on the way in and out")
    void copies() {
        byte[] bytes = filled(1);
        PeerId peer = PeerId.of(bytes);
        Arrays.fill(bytes, (byte) 2);
        Arrays.fill(peer.toBytes(), (byte) 2);
        assertThat(peer.toBytes()).isEqualTo(filled(1));
    }

    @Test
    @DisplayName("equality and order are those of the unsigned bytes")
    void comparesUnsigned() {
        assertThat(PeerId.of(filled(1))).isEqualTo(PeerId.of(filled(1))).hasSameHashCodeAs(PeerId.of(filled(1)));
        assertThat(PeerId.of(filled(1))).isNotEqualTo(PeerId.of(filled(2)));
        assertThat(PeerId.of(filled(0x7f))).isLessThan(PeerId.of(filled(0x80)));
        assertThat(PeerId.of(filled(0x80))).isEqualByComparingTo(PeerId.of(filled(0x80)));
    }

    @Test
    @DisplayName("its text is its onion address")
    void hasAddress() {
        PeerId peer = PeerId.of(filled(3));
        assertThat(OnionAddress.parse(peer.toString()).peer()).isEqualTo(peer);
        assertThat(peer.address().peer()).isEqualTo(peer);
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[PeerId.BYTES];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
