package org.torpeer.api.spi.transport;

import java.nio.file.Path;
import java.util.Map;
import org.torpeer.api.runtime.NodeRuntime;

/**
 * What a transport is opened with.
 *
 * @param settings by name; see {@link TransportProvider#settings()}
 * @param folder where the transport may keep files of its own; exists and belongs to this node alone
 * @param runtime the world; closed after the transport
 */
public record TransportContext(Map<String, String> settings, Path folder, NodeRuntime runtime) {
    public TransportContext {
        settings = Map.copyOf(settings);
    }
}
