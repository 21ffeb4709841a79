package org.torpeer.sim.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.TorPeerException;
import org.torpeer.sim.spi.SweepCluster;

final class HazelcastWorkerTest {
    /** An address for documentation, which no machine has. */
    private static final byte[] NOWHERE = {(byte) 192, 0, 2, 1};

    @Test
    @DisplayName("a port that is in use is one line, and nothing is logged")
    void portInUse() throws IOException {
        PrintStream errors = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = (InetSocketAddress) taken.getLocalSocketAddress();
            assertThatThrownBy(() -> HazelcastWorker.start(address, SweepCluster.NONE))
                    .isInstanceOf(TorPeerException.class)
                    .isNotInstanceOf(InvalidInputException.class)
                    .hasMessage("cannot start a worker at 127.0.0.1:" + taken.getLocalPort()
                            + " (Address already in use): give it a port that is free");
        } finally {
            System.setErr(errors);
        }
        assertThat(logged.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    @DisplayName("an address of another machine is wrong, whatever the port")
    void addressOfNobody() throws IOException {
        InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getByAddress(NOWHERE), 5701);
        assertThatThrownBy(() -> HazelcastWorker.start(nowhere, SweepCluster.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("cannot start a worker at 192.0.2.1:5701: name an address of this machine");
    }
}
