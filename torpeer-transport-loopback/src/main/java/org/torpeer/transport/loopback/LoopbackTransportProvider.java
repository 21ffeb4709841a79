package org.torpeer.transport.loopback;

import java.util.Set;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.Operation;
import org.torpeer.api.runtime.Promise;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportCapability;
import org.torpeer.api.spi.transport.TransportContext;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportProvider;

/**
 * Provider {@code loopback}. Its one setting, {@code network}, names the network in this process to be on, of 1 to 64
 * characters; {@code default} unless set.
 */
public final class LoopbackTransportProvider implements TransportProvider {
    /** The setting that names the network. */
    public static final String NETWORK = "network";

    private static final Set<String> SETTINGS = Set.of(NETWORK);
    private static final int MAX_NAME_CHARACTERS = 64;

    @Override
    public String name() {
        return "loopback";
    }

    @Override
    public Set<TransportCapability> capabilities() {
        return Set.of();
    }

    @Override
    public Set<String> settings() {
        return SETTINGS;
    }

    @Override
    public Operation<Transport> open(TransportContext context) {
        String network = network(context);
        Promise<Transport> opened = new Promise<>();
        try {
            opened.complete(NamedNetworks.attach(network, context.runtime()));
        } catch (TransportException e) {
            opened.fail(e);
        }
        return opened;
    }

    private static String network(TransportContext context) {
        for (String setting : context.settings().keySet()) {
            if (!SETTINGS.contains(setting)) {
                throw new InvalidInputException("the loopback transport has no setting '" + setting + "'; there is "
                        + String.join(", ", SETTINGS));
            }
        }
        String network = context.settings().getOrDefault(NETWORK, "default");
        if (network.isEmpty() || network.length() > MAX_NAME_CHARACTERS) {
            throw new InvalidInputException(
                    "setting 'network' is a name of 1 to 64 characters, not of " + network.length());
        }
        return network;
    }
}
