package org.torpeer.transport.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.ListenRequest;
import org.torpeer.api.spi.transport.Listener;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportContext;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.api.spi.transport.TransportProvider;
import org.torpeer.testkit.TestSeed;

final class LoopbackTransportProviderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final NodeRuntime runtime = NodeRuntime.system("provider-test");
    private final List<Transport> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(Transport::close);
        runtime.close();
    }

    @Test
    @DisplayName("it is found by name, and offers nothing a network of one process has not")
    void isFound() {
        TransportProvider provider = Providers.transports().require("loopback");
        assertThat(provider).isInstanceOf(LoopbackTransportProvider.class);
        assertThat(provider.capabilities()).isEmpty();
        assertThat(provider.settings()).containsExactly("network");
    }

    @Test
    @DisplayName("transports of one network name meet, of different ones do not")
    void sharesByName() {
        Transport one = open(Map.of("network", "shared"));
        Transport two = open(Map.of("network", "shared"));
        Transport other = open(Map.of());
        Listener listener = one.listen(
                        new ListenRequest(new RandomKey(TestSeed.random("sharesByName")), 1), accepted -> {})
                .toCompletableFuture()
                .join();
        Connection met =
                two.dial(listener.endpoint(), PATIENCE).toCompletableFuture().join();
        met.close();
        assertThat(other.dial(listener.endpoint(), PATIENCE).toCompletableFuture())
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withMessageContaining("nobody listens");
        assertThat(LoopbackNetwork.named("default")).isPresent();
    }

    @Test
    @DisplayName("a named network lives until its last transport closes, once each")
    void releasesNetworks() {
        Transport one = open(Map.of("network", "short-lived"));
        Transport two = open(Map.of("network", "short-lived"));
        LoopbackNetwork before = LoopbackNetwork.named("short-lived").orElseThrow();
        one.close();
        one.close();
        assertThat(LoopbackNetwork.named("short-lived")).containsSame(before);
        two.close();
        assertThat(LoopbackNetwork.named("short-lived")).isEmpty();
    }

    @Test
    @DisplayName("the number of named networks is bounded")
    void boundsNetworks() {
        for (int i = 0; i < NamedNetworks.MAX_NETWORKS; i++) {
            open(Map.of("network", "n" + i));
        }
        assertThatThrownBy(() -> open(Map.of("network", "one too many")))
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.failure()).isEqualTo(TransportFailure.LOCAL));
        open(Map.of("network", "n0"));
    }

    @Test
    @DisplayName("an unknown setting is refused at once, and the message lists those there are")
    void refusesUnknownSettings() {
        assertThatThrownBy(() -> open(Map.of("netwrok", "x")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the loopback transport has no setting 'netwrok'; there is network");
    }

    @Test
    @DisplayName("a network's name has a length")
    void refusesBadNames() {
        assertThatThrownBy(() -> open(Map.of("network", ""))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> open(Map.of("network", "x".repeat(65)))).isInstanceOf(InvalidInputException.class);
    }

    private Transport open(Map<String, String> settings) {
        Transport transport = Providers.transports()
                .require("loopback")
                .open(new TransportContext(settings, Path.of("unused"), runtime))
                .await(PATIENCE);
        opened.add(transport);
        return transport;
    }
}
