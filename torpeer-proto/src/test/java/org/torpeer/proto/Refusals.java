package org.torpeer.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;

/** What every decoder owes to bytes that are not what it expects. */
final class Refusals {
    private Refusals() {}

    static void assertRefused(String name, Malformation reason, Runnable decoding) {
        assertThatExceptionOfType(MalformedException.class)
                .as(name)
                .isThrownBy(decoding::run)
                .satisfies(e ->
                        assertThat(e.reason()).as(name + ": " + e.getMessage()).isEqualTo(reason))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    /** True if the bytes decode; a failure of any other kind than MalformedException goes through. */
    static boolean decodes(Consumer<byte[]> decoder, byte[] bytes) {
        try {
            decoder.accept(bytes);
            return true;
        } catch (MalformedException e) {
            return false;
        }
    }

    /**
     * Every truncation is refused, or is another message in its own right: protobuf lets a message end after any field,
     * which is why a length goes before each.
     */
    static <T> void assertNoTruncationPasses(byte[] encoded, Function<byte[], T> decoder) {
        T whole = decoder.apply(encoded);
        for (int length = 0; length < encoded.length; length++) {
            byte[] truncated = Arrays.copyOf(encoded, length);
            try {
                assertThat(decoder.apply(truncated)).isNotEqualTo(whole);
            } catch (MalformedException e) {
                assertThat(e.reason()).isNotEqualTo(Malformation.TOO_LONG);
            }
        }
    }
}
