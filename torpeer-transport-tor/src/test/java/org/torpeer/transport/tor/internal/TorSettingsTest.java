package org.torpeer.transport.tor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.TransportContext;

class TorSettingsTest {
    static Stream<Map<String, String>> wrong() {
        return Stream.of(
                Map.of("contrl", "127.0.0.1:9051"),
                Map.of("control", "localhost:9051"),
                Map.of("control", "127.0.0.1"),
                Map.of("control", "127.0.0.1:0"),
                Map.of("control", "127.0.0.1:65536"),
                Map.of("control", "256.0.0.1:9051"),
                Map.of("control", "127.1:9051"),
                Map.of("control", "127.0.0.1:9051 "),
                Map.of("control", ""),
                Map.of("socks", "example.org:9050"),
                Map.of("socks", "[fe80::1]:9050"),
                Map.of("password", "secret"),
                Map.of("cookie", "/cookie"),
                Map.of("cookie", "/coo\nkie", "control", "127.0.0.1:9051"),
                Map.of("binary", "/usr/bin/tor", "socks", "127.0.0.1:9050"),
                Map.of("force-old", "yes"),
                Map.of("force-old", "true", "control", "127.0.0.1:9051"),
                Map.of("service-dir", "/service", "socks", "127.0.0.1:9050"),
                Map.of("service-target", "127.0.0.1:80", "socks", "127.0.0.1:9050"),
                Map.of("service-dir", "/service", "service-target", "127.0.0.1:80"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void wrongSettingsAreRefusedAtOnceWithTheNamesThereAre(Map<String, String> settings) {
        try (NodeRuntime runtime = NodeRuntime.system("settings-test")) {
            TransportContext context = new TransportContext(settings, Path.of("."), runtime);
            assertThatThrownBy(() -> Providers.transports().require("tor").open(context))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(
                            "binary, control, cookie, force-old, password, service-dir, service-target, socks")
                    .message()
                    .doesNotContain("\n");
        }
    }

    @Test
    void readsWhatIsSet() {
        TorSettings settings = TorSettings.of(Map.of("control", "127.0.0.1:9051", "socks", "[::1]:9050"));
        assertThat(settings.owned()).isFalse();
        assertThat(settings.control())
                .hasValueSatisfying(a -> assertThat(Literal.text(a)).isEqualTo("127.0.0.1:9051"));
        assertThat(settings.socks())
                .hasValueSatisfying(a -> assertThat(a.getPort()).isEqualTo(9050));
        assertThat(TorSettings.of(Map.of()).owned()).isTrue();
        assertThat(TorSettings.of(Map.of("force-old", "true")).forceOld()).isTrue();
    }

    @Test
    void theProviderIsDeclaredForBothPaths() {
        assertThat(Providers.transports().require("tor")).isInstanceOf(TorTransportProvider.class);
        assertThat(TorTransportProvider.class.getResourceAsStream(
                        "/META-INF/services/org.torpeer.api.spi.transport.TransportProvider"))
                .asString(StandardCharsets.UTF_8)
                .isEqualToIgnoringWhitespace(TorTransportProvider.class.getName());
    }
}
