package org.torpeer.cli.admin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of UTF-8 over a socket, bounded in length. Not safe for several threads. */
final class LineChannel implements AutoCloseable {
    private final SocketChannel channel;
    private final int maxBytes;
    private final ByteBuffer received = ByteBuffer.allocate(8192).limit(0);

    /**
     * @param maxBytes the longest line that is read
     */
    LineChannel(SocketChannel channel, int maxBytes) {
        this.channel = channel;
        this.maxBytes = maxBytes;
    }

    /**
     * The next line without its end; empty at the end of all, even if that is within a line.
     *
     * @throws AdminException if the line is too long or not UTF-8
     */
    Optional<String> read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            while (received.hasRemaining()) {
                byte next = received.get();
                if (next == '\n') {
                    return Optional.of(text(line.toByteArray()));
                }
                if (line.size() == maxBytes) {
                    throw new AdminException(AdminException.Type.TOO_LONG, "a line has at most " + maxBytes + " bytes");
                }
                line.write(next);
            }
            received.clear();
            int count = channel.read(received);
            received.flip();
            if (count < 0) {
                return Optional.empty();
            }
        }
    }

    void write(String line) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static String text(byte[] line) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AdminException(AdminException.Type.BAD_REQUEST, "a line is UTF-8", e);
        }
    }
}
