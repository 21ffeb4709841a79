package org.torpeer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.torpeer.http.PeerListException.Reason;
import org.torpeer.testkit.TestSeed;

class HttpResponseTest {
    private static final int MAX = 1000;

    @Test
    void bodiesAreFramedInThreeWays() throws IOException {
        assertThat(body("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef")).isEqualTo("abc");
        assertThat(body("HTTP/1.0 200\r\n\r\nabc")).isEqualTo("abc");
        assertThat(body("HTTP/1.1 200 \r\nTransfer-Encoding: Chunked\r\n\r\n2;x=\"y\"\r\nab\r\n0A \r\n0123456789\r\n"
                        + "0\r\nTrailer: t\r\n\r\n"))
                .isEqualTo("ab0123456789");
    }

    @Test
    void headerFieldsAreTrimmedAndCaseDoesNotMatter() throws IOException {
        HttpResponse response = HttpResponse.read(stream("HTTP/1.1 404 Not Found\r\nX-A:\t b c \r\nEMPTY:\r\n\r\n"));

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.field("x-a")).isEqualTo("b c");
        assertThat(response.field("empty")).isEmpty();
        assertThat(response.field("absent")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n\r\n",
                "HTTP/1.1 200 OK",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\n\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 99 OK\r\n\r\n",
                "HTTP/1.1  200 OK\r\n\r\n",
                "http/1.1 200 OK\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "\u0016\u0003\u0003",
                "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nnothing\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\u0000\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\rC: d\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
                "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Type: a/b\r\n\r\na",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\na",
                "HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\na",
                "HTTP/1.1 200 OK\r\nContent-Length: 0x1\r\n\r\na",
                "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\na",
                "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\na\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFF\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n"
            })
    void whatIsNotStrictlyHttpIsRefused(String answer) {
        assertThat(refusal(answer)).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void everythingHasALimit() {
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        List<String> excessive = List.of(
                "HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(10_000),
                "HTTP/1.1 200 " + "O".repeat(100_000),
                "HTTP/1.1 200 OK\r\nA" + "a".repeat(100_000),
                "HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(MAX + 1),
                "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n",
                chunked + "3e9\r\n",
                chunked + "7ffffff\r\n",
                chunked + "3e8\r\n" + "x".repeat(MAX) + "\r\n1\r\n",
                chunked + "1;" + "x".repeat(200),
                chunked + "0\r\n" + ("T: " + "t".repeat(100) + "\r\n").repeat(10_000),
                chunked + ("1;" + "x".repeat(100) + "\r\na\r\n").repeat(MAX));

        assertThat(excessive).allSatisfy(answer -> assertThat(refusal(answer)).isEqualTo(Reason.TOO_LARGE));
    }

    @Test
    void hostileSpacesCostNoTime() {
        String spaces = "HTTP/1.1 200 OK\r\nA:" + " ".repeat(8000) + "b\u0085" + "\r\n\r\n";

        Assertions.assertTimeout(Duration.ofSeconds(1), () -> {
            for (int i = 0; i < 100; i++) {
                assertThat(body(spaces)).isEmpty();
            }
        });
    }

    @Test
    void damageNeverGivesMoreThanTypedErrors() throws IOException {
        Random random = TestSeed.random("HttpResponseTest");
        List<String> good = List.of(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n01234567890123456789",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\na\r\n0123456789\r\n0\r\nT: t\r\n\r\n",
                "HTTP/1.0 301 Moved\r\nLocation: http://elsewhere.example/\r\n\r\nmoved");
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = good.get(random.nextInt(good.size())).getBytes(StandardCharsets.ISO_8859_1);
            for (int flips = random.nextInt(5); flips >= 0; flips--) {
                int at = random.nextInt(bad.length);
                bad[at] = random.nextBoolean()
                        ? (byte) "\r\n :;0fF9".charAt(random.nextInt(9))
                        : (byte) random.nextInt(256);
            }
            bad = Arrays.copyOf(bad, random.nextInt(3) == 0 ? random.nextInt(bad.length) : bad.length);
            try {
                assertThat(HttpResponse.read(new ByteArrayInputStream(bad)).body(MAX).length)
                        .isLessThanOrEqualTo(MAX);
            } catch (PeerListException e) {
                assertThat(e.reason()).isIn(Reason.MALFORMED, Reason.TOO_LARGE);
                refused++;
            }
        }
        assertThat(refused).isBetween(2_000, 19_600);
    }

    private static Reason refusal(String answer) {
        PeerListException refusal = catchThrowableOfType(PeerListException.class, () -> body(answer));
        assertThat(refusal).as("of %.100s", answer).isNotNull();
        return refusal.reason();
    }

    private static String body(String answer) throws IOException {
        return new String(HttpResponse.read(stream(answer)).body(MAX), StandardCharsets.ISO_8859_1);
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
