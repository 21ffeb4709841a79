package org.torpeer.node.fuzz;

import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.torpeer.node.internal.TestIdentities;
import org.torpeer.node.internal.handshake.AcceptorHandshake;
import org.torpeer.node.internal.handshake.Credentials;
import org.torpeer.node.internal.handshake.DialerHandshake;
import org.torpeer.node.internal.handshake.HandshakeException;
import org.torpeer.proto.key.SeedKey;

/**
 * Both sides' state machines, everything in them fixed, so that what the seeds hold is what they wait for. The first byte
 * says which message the rest is taken for.
 */
public final class HandshakeFuzz {
    static final TestIdentities IDENTITIES = new TestIdentities(new Random(1), Instant.parse("2026-01-01T00:00:00Z"));
    private static final SeedKey ALICE = IDENTITIES.key();
    private static final SeedKey BOB = IDENTITIES.key();
    private static final Credentials DIALER = IDENTITIES.credentials(ALICE);
    private static final Credentials ACCEPTOR = IDENTITIES.credentials(BOB);
    private static final int MESSAGES = 4;

    private HandshakeFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] message = Arrays.copyOfRange(input, 1, input.length);
        try {
            take(Math.floorMod(input[0], MESSAGES), message);
        } catch (HandshakeException e) {
            return;
        }
    }

    /** The messages of the one handshake there is here, in order. */
    static byte[][] messages() {
        DialerHandshake dialer = dialer();
        AcceptorHandshake acceptor = acceptor();
        byte[] answer = acceptor.onHello(dialer.hello());
        dialer.onServerHello(answer);
        byte[] auth = dialer.auth();
        acceptor.onAuth(auth);
        return new byte[][] {dialer.hello(), answer, auth, acceptor.accept()};
    }

    private static void take(int turn, byte[] message) {
        DialerHandshake dialer = dialer();
        AcceptorHandshake acceptor = acceptor();
        if (turn == 0) {
            acceptor.onHello(message);
            return;
        }
        if (turn == 1) {
            dialer.onServerHello(message);
            dialer.auth();
            return;
        }
        byte[] answer = acceptor.onHello(dialer.hello());
        if (turn == 2) {
            acceptor.onAuth(message);
            return;
        }
        dialer.onServerHello(answer);
        dialer.auth();
        dialer.onVerdict(message);
    }

    private static DialerHandshake dialer() {
        return new DialerHandshake(DIALER, BOB.id(), false, new Random(2));
    }

    private static AcceptorHandshake acceptor() {
        return new AcceptorHandshake(ACCEPTOR, new Random(3));
    }
}
