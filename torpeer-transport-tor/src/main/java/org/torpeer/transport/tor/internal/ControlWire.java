package org.torpeer.transport.tor.internal;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Control commands and replies on the bare socket, for what has to happen before the control library takes over. Reads
 * not one byte beyond a reply. Format: Tor control protocol, section 2.3.
 */
final class ControlWire {
    private static final int MAX_LINE_BYTES = 8192;
    private static final int MAX_LINES = 64;

    private final Socket socket;
    private final InputStream in;
    private final Deadline deadline;

    ControlWire(Socket socket, Deadline deadline) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.deadline = deadline;
    }

    /**
     * Sends one command and waits for its reply.
     *
     * @param command without line end
     * @return the reply's lines, each without its status code
     * @throws IOException if the reply is malformed, too long or late
     * @throws ControlRefusal if tor answered with anything but 250
     */
    List<String> ask(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        List<String> lines = new ArrayList<>();
        while (lines.size() < MAX_LINES) {
            String line = line();
            if (!line.matches("[2-6]\\d\\d[ -].*")) {
                throw new IOException("this is not Tor's control protocol");
            }
            if (!line.startsWith("250")) {
                throw new ControlRefusal(line);
            }
            lines.add(line.substring(4));
            if (line.charAt(3) == ' ') {
                return lines;
            }
        }
        throw new IOException("a reply of more than " + MAX_LINES + " lines");
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() < MAX_LINE_BYTES) {
            socket.setSoTimeout(deadline.socketTimeout());
            int next = in.read();
            if (next < 0) {
                throw new EOFException("tor closed the control connection");
            }
            if (next == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(next);
        }
        throw new IOException("a reply line of more than " + MAX_LINE_BYTES + " bytes");
    }
}
