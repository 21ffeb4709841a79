package org.torpeer.transport.tor.internal;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;

/**
 * Connects through Tor's SOCKS port by name (RFC 1928, user name and password of RFC 1929, Tor's extended error codes of
 * proposal 304). The JDK's own SOCKS client takes the extended codes for success, sends the user's name, and is
 * not bounded in time.
 */
final class Socks5 {
    private static final int VERSION = 5;
    private static final int USER_PASSWORD = 2;
    private static final int CONNECT = 1;
    private static final int BY_NAME = 3;
    private static final int MAX_NAME = 255;

    private final InetSocketAddress proxy;

    /**
     * @param proxy where Tor takes SOCKS connections
     */
    Socks5(InetSocketAddress proxy) {
        this.proxy = proxy;
    }

    /**
     * Blocks until connected.
     *
     * @param host a name of 1 to 255 printable ASCII characters; Tor alone resolves it
     * @param deadline of the whole exchange
     * @param opened told the socket before anything is waited for, so that somebody else can close it
     * @throws TransportException LOCAL if what listens at the proxy address is missing or no SOCKS server, else as the
     *     reply says
     */
    Socket connect(
            String host, int port, Isolation.Credentials credentials, Deadline deadline, Consumer<Socket> opened) {
        byte[] name = name(host);
        Socket socket = new Socket(Proxy.NO_PROXY);
        boolean connected = false;
        try {
            opened.accept(socket);
            introduce(socket, credentials, deadline);
            request(socket, name, port, deadline);
            connected = true;
            return socket;
        } finally {
            if (!connected) {
                Closing.quietly(socket);
            }
        }
    }

    /**
     * Checks that a SOCKS server which takes credentials answers.
     *
     * @throws TransportException LOCAL if not
     */
    void probe(Isolation.Credentials credentials, Deadline deadline) {
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            introduce(socket, credentials, deadline);
        } catch (IOException e) {
            throw Local.failure("tor's SOCKS port broke off: " + e.getMessage(), e);
        }
    }

    private static byte[] name(String host) {
        if (host.isEmpty() || host.length() > MAX_NAME || host.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw new TransportException(
                    TransportFailure.BAD_ADDRESS, "a host name has 1 to 255 printable ASCII characters");
        }
        return host.getBytes(StandardCharsets.US_ASCII);
    }

    /** Until here nothing depends on the peer: whatever goes wrong is our side's. */
    private void introduce(Socket socket, Isolation.Credentials credentials, Deadline deadline) {
        try {
            socket.connect(proxy, deadline.socketTimeout());
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(new byte[] {VERSION, 1, USER_PASSWORD});
            byte[] choice = receive(socket, 2, deadline);
            if (choice[0] != VERSION) {
                throw new IOException("what listens there does not speak SOCKS5");
            }
            if (choice[1] != USER_PASSWORD) {
                throw new IOException("it takes no user name and password, which tor does");
            }
            socket.getOutputStream().write(authentication(credentials));
            if (receive(socket, 2, deadline)[1] != 0) {
                throw new IOException("it refuses our user name and password, which tor does not");
            }
        } catch (SocketTimeoutException e) {
            throw Local.failure("tor's SOCKS port " + Literal.text(proxy) + " does not answer", e);
        } catch (IOException e) {
            throw Local.failure(
                    "tor's SOCKS port " + Literal.text(proxy) + " cannot be used, is tor running? " + e.getMessage(),
                    e);
        }
    }

    private void request(Socket socket, byte[] name, int port, Deadline deadline) {
        try {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(new byte[] {VERSION, CONNECT, 0, BY_NAME, (byte) name.length});
            request.writeBytes(name);
            request.write(port >>> 8);
            request.write(port);
            socket.getOutputStream().write(request.toByteArray());

            byte[] reply = receive(socket, 4, deadline);
            if (reply[0] != VERSION) {
                throw new IOException("its reply is not of SOCKS5");
            }
            if (reply[1] != 0) {
                throw failure(reply[1] & 0xff);
            }
            receive(socket, addressBytes(socket, reply[3], deadline) + 2, deadline);
            socket.setSoTimeout(0);
        } catch (SocketTimeoutException e) {
            throw new TransportException(TransportFailure.TIMEOUT, "tor could not connect in time", e);
        } catch (IOException e) {
            throw Local.failure("tor's SOCKS port " + Literal.text(proxy) + " broke off: " + e.getMessage(), e);
        }
    }

    private static int addressBytes(Socket socket, byte type, Deadline deadline) throws IOException {
        return switch (type) {
            case 1 -> 4;
            case BY_NAME -> receive(socket, 1, deadline)[0] & 0xff;
            case 4 -> 16;
            default -> throw new IOException("its reply has an address of unknown type");
        };
    }

    private static byte[] authentication(Isolation.Credentials credentials) {
        byte[] user = credentials.user().getBytes(StandardCharsets.US_ASCII);
        byte[] password = credentials.password().getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1);
        out.write(user.length);
        out.writeBytes(user);
        out.write(password.length);
        out.writeBytes(password);
        return out.toByteArray();
    }

    /** Asks for what is left of the time before each piece: a server that dribbles bytes gains nothing. */
    private static byte[] receive(Socket socket, int count, Deadline deadline) throws IOException {
        byte[] bytes = new byte[count];
        for (int have = 0; have < count; ) {
            socket.setSoTimeout(deadline.socketTimeout());
            int more = socket.getInputStream().read(bytes, have, count - have);
            if (more < 0) {
                throw new EOFException("it closed the connection in the middle of the exchange");
            }
            have += more;
        }
        return bytes;
    }

    /** Plain codes of RFC 1928, section 6; F0 to F7 of Tor proposal 304. */
    private static TransportException failure(int code) {
        return switch (code) {
            case 0x02 -> failed(TransportFailure.REFUSED, "the connection is not allowed", code);
            case 0x03 -> failed(TransportFailure.UNREACHABLE, "the network is unreachable", code);
            case 0x04 -> failed(TransportFailure.UNREACHABLE, "the host is unreachable", code);
            case 0x05 -> failed(TransportFailure.REFUSED, "the connection was refused", code);
            case 0x06 -> failed(TransportFailure.TIMEOUT, "tor gave up waiting", code);
            case 0x07, 0x08 -> failed(TransportFailure.LOCAL, "what listens at the SOCKS port is not tor", code);
            case 0xF0 -> failed(TransportFailure.NOT_FOUND, "no descriptor of the onion service is published", code);
            case 0xF1 -> failed(TransportFailure.BAD_DESCRIPTOR, "the onion service's descriptor is invalid", code);
            case 0xF2 -> failed(TransportFailure.UNREACHABLE, "the onion service takes no introductions", code);
            case 0xF3 -> failed(TransportFailure.UNREACHABLE, "there was no rendezvous with the service", code);
            case 0xF4 -> failed(TransportFailure.UNAUTHORIZED, "the onion service wants client authorization", code);
            case 0xF5 -> failed(TransportFailure.UNAUTHORIZED, "our client authorization was not accepted", code);
            case 0xF6 -> failed(TransportFailure.BAD_ADDRESS, "the onion address is invalid", code);
            case 0xF7 -> failed(TransportFailure.TIMEOUT, "introduction to the onion service timed out", code);
            default -> failed(TransportFailure.UNREACHABLE, "tor could not connect", code);
        };
    }

    private static TransportException failed(TransportFailure failure, String text, int code) {
        return new TransportException(failure, text + String.format(" (SOCKS %02X)", code));
    }
}
