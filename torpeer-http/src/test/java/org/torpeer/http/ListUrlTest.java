package org.torpeer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.torpeer.http.PeerListException.Reason;

class ListUrlTest {
    /** From tor's hs_build_address.py. */
    private static final String ONION = "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid.onion";

    @Test
    void partsAreThoseOfTheRequest() {
        ListUrl url = ListUrl.of(URI.create("HTTPS://Peers.Example:8443/a%20b?network=x&y#ignored"));

        assertThat(url).isEqualTo(new ListUrl(true, "peers.example", 8443, "/a%20b?network=x&y"));
        assertThat(url.authority()).isEqualTo("peers.example:8443");
        assertThat(ListUrl.of(URI.create("http://[::1]/")).authority()).isEqualTo("[::1]");
        assertThat(ListUrl.of(URI.create("http://[::1]/")).host()).isEqualTo("::1");
        assertThat(ListUrl.of(URI.create("http://h.example")).path()).isEqualTo("/");
        assertThat(ListUrl.of(URI.create("https://h.example")).port()).isEqualTo(443);
        assertThat(ListUrl.of(URI.create("http://h.example/\u00e9?\u00e9")).path())
                .isEqualTo("/%C3%A9?%C3%A9");
        assertThat(ListUrl.of(URI.create("http://" + ONION.toUpperCase(Locale.ROOT) + ":81/")))
                .isEqualTo(new ListUrl(false, ONION, 81, "/"));
        assertThat(ListUrl.of(URI.create("http://192.0.2.1/")).isLiteral()).isTrue();
        assertThat(ListUrl.of(URI.create("http://1.example/")).isLiteral()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "peers.example/torpeer",
                "/torpeer/v1/peers",
                "ftp://peers.example/",
                "file:///etc/passwd",
                "http:opaque",
                "http:///path",
                "http://user@peers.example/",
                "http://user:secret@peers.example/",
                "http://peers.example:0/",
                "http://peers.example:65536/",
                "http://under_score.example/",
                "http://peers.example./",
                "http://short.onion/",
                "http://www." + ONION + "/",
                "http://" + ONION + "./",
                "http://25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sie.onion/",
                "http://p\u00e9ers.example/"
            })
    void othersAreRefused(String url) {
        refused(url);
    }

    @Test
    void longOnesAreRefused() {
        refused("http://h.example/" + "a".repeat(2048));
        refused("http://" + "a".repeat(64) + ".example/");
    }

    private static void refused(String url) {
        PeerListException refusal = catchThrowableOfType(PeerListException.class, () -> ListUrl.of(URI.create(url)));
        assertThat(refusal).as(url).isNotNull();
        assertThat(refusal.reason()).isEqualTo(Reason.BAD_URL);
        assertThat(refusal.getMessage()).doesNotContain("secret").doesNotContain("\n");
    }
}
