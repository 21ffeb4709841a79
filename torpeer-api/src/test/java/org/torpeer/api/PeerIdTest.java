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

    @Test
    @DisplayName("each byte counts, the first ones most, and a higher one after a lower one does not")
    void comparesByteByByte() {
        for (int i = 0; i < PeerId.BYTES; i++) {
            byte[] less = filled(0x7f);
            byte[] more = less.clone();
            more[i] = (byte) 0x80;
            Arrays.fill(less, i + 1, PeerId.BYTES, (byte) 0xff);
            assertThat(PeerId.of(less)).isLessThan(PeerId.of(more)).isNotEqualTo(PeerId.of(more));
            assertThat(PeerId.of(more)).isGreaterThan(PeerId.of(less));
        }
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[PeerId.BYTES];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void wordsAreTheKeyFromTheFirstByteOn() {
        byte[] key = new byte[PeerId.BYTES];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (i + 1);
        }
        key[24] = (byte) 0x80;
        PeerId peer = PeerId.of(key);
        assertThat(peer.word(0)).isEqualTo(0x0102030405060708L);
        assertThat(peer.word(3)).isEqualTo(0x801a1b1c1d1e1f20L);
        assertThat(peer.toBytes()).isEqualTo(key);
        assertThatThrownBy(() -> peer.word(4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> peer.word(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
