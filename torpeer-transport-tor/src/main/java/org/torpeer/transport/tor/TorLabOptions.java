package org.torpeer.transport.tor;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;

/** What a {@link TorLab} is started with. Immutable. */
public final class TorLabOptions {
    /** Most clients a lab has. */
    public static final int MAX_CLIENTS = 64;

    private static final int DEFAULT_CLIENTS = 2;

    private final Path folder;
    private final int clients;
    private final @Nullable Path tor;

    private TorLabOptions(Path folder, int clients, @Nullable Path tor) {
        this.folder = folder;
        this.clients = clients;
        this.tor = tor;
    }

    /**
     * Two clients, and the packaged tor.
     *
     * @param folder the lab's own: must not exist, be empty, or be left over from a lab that was killed. Deleted when the
     *     lab closes.
     */
    public static TorLabOptions in(Path folder) {
        return new TorLabOptions(folder, DEFAULT_CLIENTS, null);
    }

    /**
     * With another number of clients.
     *
     * @throws InvalidInputException if it is not 1 to {@link #MAX_CLIENTS}
     */
    public TorLabOptions clients(int number) {
        if (number < 1 || number > MAX_CLIENTS) {
            throw new InvalidInputException("a lab has 1 to " + MAX_CLIENTS + " clients, not " + number);
        }
        return new TorLabOptions(folder, number, tor);
    }

    /**
     * With another tor than the packaged one.
     *
     * @param executable a tor with the modules relay and dirauth, as Debian's
     */
    public TorLabOptions tor(Path executable) {
        return new TorLabOptions(folder, clients, executable);
    }

    public Path folder() {
        return folder;
    }

    public int clients() {
        return clients;
    }

    @Nullable
    Path tor() {
        return tor;
    }
}
