package org.torpeer.transport.tor.internal;

import java.util.Set;
import org.torpeer.api.Operation;
import org.torpeer.api.runtime.Background;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportCapability;
import org.torpeer.api.spi.transport.TransportContext;
import org.torpeer.api.spi.transport.TransportProvider;

/** The transport named {@code tor}. */
public final class TorTransportProvider implements TransportProvider {
    @Override
    public String name() {
        return "tor";
    }

    @Override
    public Set<TransportCapability> capabilities() {
        return Set.of(TransportCapability.values());
    }

    @Override
    public Set<String> settings() {
        return TorSettings.NAMES;
    }

    @Override
    public Operation<Transport> open(TransportContext context) {
        TorSettings settings = TorSettings.of(context.settings());
        return Background.start(context.runtime(), progress -> {
            TorConnection tor = TorConnection.open(settings, context, progress);
            TorTransport transport = new TorTransport(tor, settings, context.runtime());
            transport.keepUp();
            return transport;
        });
    }
}
