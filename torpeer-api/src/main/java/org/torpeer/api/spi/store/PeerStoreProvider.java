package org.torpeer.api.spi.store;

import java.nio.file.Path;
import org.torpeer.api.spi.NamedProvider;

/** Opens peer stores of one kind; found by name through {@link java.util.ServiceLoader}. */
public interface PeerStoreProvider extends NamedProvider {
    /** Whether what is stored survives the process. */
    boolean persistent();

    /**
     * Opens the store below a folder, making it if there is none.
     *
     * @param folder exists and belongs to this node alone
     * @throws PeerStoreException if the store cannot be opened; nothing was changed then
     */
    PeerStore open(Path folder);
}
