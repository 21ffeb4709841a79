package org.torpeer.cli.admin;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.cli.json.Json;
import org.torpeer.node.internal.file.Trouble;

/** Asks the node that runs in a folder. One request a client. */
public final class AdminClient implements AutoCloseable {
    /** Longest answer in bytes. */
    private static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;

    private static final String NOT_UNDERSTOOD = "the node's answer is not understood";

    private final LineChannel lines;
    private final Cancellable deadline;

    private AdminClient(LineChannel lines, Cancellable deadline) {
        this.lines = lines;
        this.deadline = deadline;
    }

    /**
     * @param timeout after which the client closes, whatever it is waiting for
     * @throws AdminException {@link AdminException.Type#NOT_RUNNING} if no node runs in the folder, {@link
     *     AdminException.Type#FAILED} if there may be one that cannot be reached
     */
    public static AdminClient connect(Path folder, Duration timeout, NodeRuntime runtime) {
        try {
            Path socket = new AdminFiles(folder).current();
            if (Files.notExists(socket)) {
                throw notRunning(folder, null);
            }
            SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
            Cancellable deadline = runtime.loop().schedule(timeout, () -> hangUp(channel));
            return new AdminClient(new LineChannel(channel, MAX_ANSWER_BYTES), deadline);
        } catch (ConnectException | IllegalArgumentException e) {
            throw notRunning(folder, e);
        } catch (IOException e) {
            throw new AdminException(
                    AdminException.Type.FAILED, "cannot reach the node in " + folder + ": " + Trouble.of(e), e);
        }
    }

    /**
     * What the node tells, without {@code ok}.
     *
     * @throws AdminException as the node says; {@link AdminException.Type#FAILED} if it says nothing in time, or nothing
     *     that is understood
     */
    public Map<String, Object> ask(Map<String, Object> request) {
        return told(answer(request));
    }

    private Map<String, Object> answer(Map<String, Object> request) {
        Optional<String> line;
        try {
            lines.write(Json.line(request));
            line = lines.read();
            if (line.isPresent()) {
                return Json.object(line.get());
            }
        } catch (IOException e) {
            throw new AdminException(AdminException.Type.FAILED, "the node gave no answer", e);
        } catch (AdminException | InvalidInputException e) {
            throw new AdminException(AdminException.Type.FAILED, NOT_UNDERSTOOD, e);
        }
        throw new AdminException(AdminException.Type.FAILED, "the node hung up without an answer");
    }

    /**
     * Waits until the node's process has gone.
     *
     * @throws AdminException {@link AdminException.Type#FAILED} if it is still there when the time is up
     */
    public void awaitEnd() {
        try {
            while (lines.read().isPresent()) {
                // Nothing more is expected, and nothing more is of interest.
            }
        } catch (IOException e) {
            throw new AdminException(AdminException.Type.FAILED, "the node is still closing", e);
        }
    }

    @Override
    public void close() {
        deadline.cancel();
        try {
            lines.close();
        } catch (IOException e) {
            throw new AdminException(AdminException.Type.FAILED, "cannot hang up", e);
        }
    }

    private static Map<String, Object> told(Map<String, Object> answer) {
        if (Boolean.TRUE.equals(answer.remove("ok"))) {
            return answer;
        }
        if (answer.get("error") instanceof Map<?, ?> error) {
            throw new AdminException(type(String.valueOf(error.get("type"))), String.valueOf(error.get("message")));
        }
        throw new AdminException(AdminException.Type.FAILED, NOT_UNDERSTOOD);
    }

    private static AdminException.Type type(String name) {
        for (AdminException.Type type : AdminException.Type.values()) {
            if (type.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
                return type;
            }
        }
        return AdminException.Type.FAILED;
    }

    private static AdminException notRunning(Path folder, @Nullable Exception cause) {
        return new AdminException(
                AdminException.Type.NOT_RUNNING,
                "no node runs in " + folder + ": start one with 'torpeer node run --data " + folder + "'",
                cause);
    }

    private static void hangUp(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new AdminException(AdminException.Type.FAILED, "cannot hang up", e);
        }
    }
}
