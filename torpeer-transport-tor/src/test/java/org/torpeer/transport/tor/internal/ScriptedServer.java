package org.torpeer.transport.tor.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** A real socket that serves every connection by the same script. */
final class ScriptedServer implements AutoCloseable {
    /** What to do with one connection; it is closed after. */
    interface Script {
        void serve(Talk talk) throws IOException, InterruptedException;
    }

    private final ServerSocket server = new ServerSocket();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<byte[]> heard = new CopyOnWriteArrayList<>();

    ScriptedServer(ThreadFactory threads, Script script) throws IOException {
        server.bind(Literal.loopback(0));
        threads.newThread(() -> accept(threads, script)).start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** What was read from connections, in order. */
    List<byte[]> heard() {
        return heard;
    }

    /** Ends every connection there is, and takes others from then on. */
    void drop() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        server.close();
        drop();
    }

    private void accept(ThreadFactory threads, Script script) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                threads.newThread(() -> serve(socket, script)).start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, Script script) {
        try (socket) {
            script.serve(new Talk(socket));
        } catch (IOException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One connection. */
    final class Talk {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Talk(Socket socket) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
        }

        byte[] hear(int count) throws IOException {
            byte[] bytes = in.readNBytes(count);
            heard.add(bytes);
            return bytes;
        }

        String hearLine() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new IOException("closed");
                }
                line.write(next);
            }
            heard.add(line.toByteArray());
            return line.toString(StandardCharsets.ISO_8859_1).strip();
        }

        void say(int... bytes) throws IOException {
            byte[] raw = new byte[bytes.length];
            for (int i = 0; i < raw.length; i++) {
                raw[i] = (byte) bytes[i];
            }
            out.write(raw);
        }

        void say(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Says one byte every so often until the test ends. */
        void dribble(int value, long everyMillis) throws IOException, InterruptedException {
            while (!closing.await(everyMillis, TimeUnit.MILLISECONDS)) {
                say(value);
            }
        }

        void silence() throws InterruptedException {
            closing.await();
        }

        /** The next close is a reset. */
        void resetOnClose() throws IOException {
            socket.setSoLinger(true, 0);
        }
    }
}
