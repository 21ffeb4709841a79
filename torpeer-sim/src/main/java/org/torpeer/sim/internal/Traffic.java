package org.torpeer.sim.internal;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.transport.loopback.NetworkObserver;
import org.torpeer.transport.loopback.virtual.VirtualRuntime;
import org.torpeer.transport.loopback.virtual.VirtualTime;

/** Counts what goes over the network, and puts it into the trace. */
final class Traffic implements NetworkObserver {
    private static final int DELIVERED = 1;
    private static final int DIALED = 2;
    private static final int ENDED = 3;
    private static final String CONNECTED = "CONNECTED";

    private final VirtualTime time;
    private final Chronicle chronicle;
    private final Map<String, Long> dials = new TreeMap<>();
    private long dialed;

    Traffic(VirtualTime time, Chronicle chronicle) {
        this.time = time;
        this.chronicle = chronicle;
    }

    @Override
    public void delivered(NodeRuntime at, byte[] chunk) {
        time.trace(DELIVERED, number(at), chunk);
    }

    @Override
    public void dialed(NodeRuntime by, Endpoint target, @Nullable TransportFailure failure) {
        int dialer = number(by);
        String manner = failure == null ? CONNECTED : failure.name();
        time.trace(DIALED, dialer, target.peer().toBytes());
        time.trace(ENDED, dialer, manner.getBytes(StandardCharsets.US_ASCII));
        time.aside(() -> {
            dialed++;
            dials.merge(manner, 1L, Long::sum);
            chronicle.note(dialer, "dialed", chronicle.number(target.peer()), manner);
        });
    }

    long messages() {
        return time.timesTraced(DELIVERED);
    }

    long bytes() {
        return time.bytesTraced(DELIVERED);
    }

    long dialed() {
        return dialed;
    }

    long failed() {
        return dialed - dials.getOrDefault(CONNECTED, 0L);
    }

    Map<String, Long> dials() {
        return new TreeMap<>(dials);
    }

    private static int number(NodeRuntime runtime) {
        return runtime instanceof VirtualRuntime simulated ? simulated.node() : -1;
    }
}
