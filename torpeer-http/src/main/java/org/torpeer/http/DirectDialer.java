package org.torpeer.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.torpeer.api.runtime.Driver;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.HostDialer;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;

/**
 * Plain sockets without Tor. The one place where a host name is resolved on this machine; a literal address, and the name
 * of an onion service, never are.
 */
@Driver("whoever asks for this dialer wants the machine's own resolver")
final class DirectDialer implements HostDialer {
    private final NodeRuntime runtime;

    DirectDialer(NodeRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public Socket connect(String host, int port, Duration timeout) {
        if (ListUrl.isOnion(host)) {
            throw new TransportException(
                    TransportFailure.BAD_ADDRESS,
                    "an onion service is reached through Tor only: use the tor transport");
        }
        long start = runtime.loop().nanoTime();
        TransportException failure = new TransportException(TransportFailure.NOT_FOUND, "it has no address");
        for (InetAddress address : resolve(host, timeout)) {
            long left = timeout.toMillis()
                    - TimeUnit.NANOSECONDS.toMillis(runtime.loop().nanoTime() - start);
            if (left <= 0) {
                throw late();
            }
            try {
                return connect(new InetSocketAddress(address, port), (int) Math.min(left, Integer.MAX_VALUE));
            } catch (IOException e) {
                failure = new TransportException(TransportFailure.UNREACHABLE, "none of its addresses answers", e);
            }
        }
        throw failure;
    }

    private static Socket connect(InetSocketAddress address, int millis) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(address, millis);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** On a thread of its own: the machine's resolver takes its own time. */
    private InetAddress[] resolve(String host, Duration timeout) {
        FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> InetAddress.getAllByName(host));
        runtime.blocking().newThread(lookup).start();
        try {
            return lookup.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw late();
        } catch (ExecutionException e) {
            throw new TransportException(
                    TransportFailure.NOT_FOUND, "no address is known for it: check its spelling", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException(TransportFailure.LOCAL, "interrupted while looking it up", e);
        }
    }

    private static TransportException late() {
        return new TransportException(TransportFailure.TIMEOUT, "it took too long");
    }
}
