package org.torpeer.node.internal.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.torpeer.api.NetworkId;
import org.torpeer.api.PeerId;
import org.torpeer.node.internal.TestIdentities;
import org.torpeer.node.internal.handshake.HandshakeException.Reason;
import org.torpeer.proto.ClientAuth;
import org.torpeer.proto.ClientClaim;
import org.torpeer.proto.ClientHello;
import org.torpeer.proto.HandshakeBinding;
import org.torpeer.proto.HandshakeCodec;
import org.torpeer.proto.ServerOffer;
import org.torpeer.proto.VerdictCode;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.testkit.TestSeed;
import org.torpeer.testkit.adversary.HandshakeForge;

/** Alice means to reach Bob; Mallory holds every wire between them and knows the (public) network. */
class HandshakeAdversaryTest {
    private static final NetworkId NETWORK = TestIdentities.NETWORK;

    private final Random random = TestSeed.random("HandshakeAdversaryTest");
    private final TestIdentities identities = new TestIdentities(random, Instant.parse("2026-01-01T00:00:00Z"));
    private final SeedKey aliceKey = identities.key();
    private final SeedKey bobKey = identities.key();
    private final SeedKey malloryKey = identities.key();
    private final Credentials alice = identities.credentials(aliceKey);
    private final Credentials bob = identities.credentials(bobKey);
    private final Credentials mallory = identities.credentials(malloryKey);

    @Test
    void bothSidesEndUpWithTheSameSessionAndEachOther() {
        DialerHandshake dialer = dial(alice, bob);
        AcceptorHandshake acceptor = accept(bob);
        assertThat(dialer.onServerHello(acceptor.onHello(dialer.hello())))
                .isEqualTo(bob.record().get());
        assertThat(acceptor.onAuth(dialer.auth())).isEqualTo(alice.record().get());
        byte[] verdict = acceptor.accept();
        Authenticated atAlice = dialer.onVerdict(verdict);
        Authenticated atBob = acceptor.authenticated(verdict);
        assertThat(atAlice.peer()).isEqualTo(bobKey.id());
        assertThat(atBob.peer()).isEqualTo(aliceKey.id());
        assertThat(atAlice.sessionId()).isEqualTo(atBob.sessionId()).hasSize(32);
        assertThat(atAlice.version()).isEqualTo(1);
    }

    @Test
    void anAnonymousDialerIsNobody() {
        DialerHandshake dialer = new DialerHandshake(alice, bobKey.id(), true, random);
        AcceptorHandshake acceptor = accept(bob);
        dialer.onServerHello(acceptor.onHello(dialer.hello()));
        assertThat(acceptor.onAuth(dialer.auth())).isNull();
        assertThat(acceptor.authenticated(acceptor.accept()).peer()).isNull();
    }

    @Test
    void aReplayedDialerIsRefused() {
        DialerHandshake recorded = dial(alice, bob);
        AcceptorHandshake first = accept(bob);
        recorded.onServerHello(first.onHello(recorded.hello()));
        byte[] auth = recorded.auth();
        first.onAuth(auth);

        AcceptorHandshake second = accept(bob);
        second.onHello(recorded.hello());
        refused(Reason.BAD_SIGNATURE, () -> second.onAuth(auth));
    }

    @Test
    void aReplayedAcceptorIsRefused() {
        byte[] recorded = accept(bob).onHello(dial(alice, bob).hello());
        refused(Reason.BAD_SIGNATURE, () -> dial(alice, bob).onServerHello(recorded));
    }

    @Test
    void aProofRelayedThroughASecondOnionKeyIsRefused() {
        DialerHandshake aliceToMallory = dial(alice, mallory);
        AcceptorHandshake malloryForAlice = accept(mallory);
        DialerHandshake malloryToBob = dial(mallory, bob);
        AcceptorHandshake bobForMallory = accept(bob);
        bobForMallory.onHello(malloryToBob.hello());
        aliceToMallory.onServerHello(malloryForAlice.onHello(aliceToMallory.hello()));
        refused(Reason.BAD_SIGNATURE, () -> bobForMallory.onAuth(aliceToMallory.auth()));
    }

    @Test
    void aHelloForwardedToAnotherKeyGetsNoAnswer() {
        refused(Reason.STRANGER, () -> accept(bob).onHello(dial(alice, mallory).hello()));
    }

    @Test
    void aRelayThatKeepsTheTranscriptIsStillRefusedByBothSides() {
        // Mallory readmits Alice's own nonce at Bob, so that both transcripts are as alike as she can make them.
        DialerHandshake aliceToMallory = dial(alice, mallory);
        ClientHello hello = HandshakeCodec.decodeClientHello(aliceToMallory.hello());
        byte[] readmitted = hello(hello.versions(), hello.nonce(), bobKey.id());
        AcceptorHandshake bobSide = accept(bob);
        byte[] bobsAnswer = bobSide.onHello(readmitted);
        refused(Reason.WRONG_PEER, () -> aliceToMallory.onServerHello(bobsAnswer));

        ServerOffer bobsOffer = HandshakeCodec.decodeServerOffer(
                HandshakeCodec.decodeServerHello(bobsAnswer).offer());
        byte[] forged = signedOffer(
                malloryKey,
                aliceToMallory.hello(),
                new ServerOffer(
                        1,
                        bobsOffer.versions(),
                        0,
                        bobsOffer.nonce(),
                        mallory.record().get()));
        aliceToMallory.onServerHello(forged);
        refused(Reason.BAD_SIGNATURE, () -> bobSide.onAuth(aliceToMallory.auth()));
    }

    @Test
    void aStrippedVersionIsNoticed() {
        Credentials aliceOfBoth = identities.credentials(aliceKey, NETWORK, List.of(1, 2));
        Credentials bobOfBoth = identities.credentials(bobKey, NETWORK, List.of(1, 2));
        DialerHandshake dialer = dial(aliceOfBoth, bobOfBoth);
        ClientHello sent = HandshakeCodec.decodeClientHello(dialer.hello());
        byte[] stripped = hello(List.of(1), sent.nonce(), bobKey.id());
        byte[] answer = accept(bobOfBoth).onHello(stripped);
        refused(Reason.BAD_SIGNATURE, () -> dialer.onServerHello(answer));
    }

    @Test
    void anAcceptorThatChoosesLessThanTheBestIsRefused() {
        Credentials aliceOfBoth = identities.credentials(aliceKey, NETWORK, List.of(1, 2));
        DialerHandshake dialer = dial(aliceOfBoth, bob);
        byte[] worse = signedOffer(
                bobKey,
                dialer.hello(),
                new ServerOffer(1, List.of(1, 2), 0, new byte[32], bob.record().get()));
        refused(Reason.DOWNGRADE, () -> dialer.onServerHello(worse));
    }

    @Test
    void theBestCommonVersionIsChosen() {
        Credentials aliceOfBoth = identities.credentials(aliceKey, NETWORK, List.of(1, 2));
        Credentials bobOfBoth = identities.credentials(bobKey, NETWORK, List.of(1, 2, 3));
        DialerHandshake dialer = dial(aliceOfBoth, bobOfBoth);
        AcceptorHandshake acceptor = accept(bobOfBoth);
        dialer.onServerHello(acceptor.onHello(dialer.hello()));
        acceptor.onAuth(dialer.auth());
        assertThat(dialer.onVerdict(acceptor.accept()).version()).isEqualTo(2);
    }

    @Test
    void withoutACommonVersionThereIsNoAnswer() {
        Credentials ofTheFuture = identities.credentials(aliceKey, NETWORK, List.of(9));
        refused(
                Reason.NO_COMMON_VERSION,
                () -> accept(bob).onHello(dial(ofTheFuture, bob).hello()));
    }

    @Test
    void somebodyElsesRecordCannotBeClaimedByADialer() {
        byte[] hello = dial(mallory, bob).hello();
        AcceptorHandshake acceptor = accept(bob);
        byte[] answer = acceptor.onHello(hello);
        byte[] claim = HandshakeCodec.encode(new ClientClaim(alice.record().get()));
        byte[] signed = HandshakeBinding.clientSigned(NETWORK, bobKey.id(), aliceKey.id(), hello, answer, claim);
        byte[] auth = HandshakeCodec.encode(new ClientAuth(claim, malloryKey.sign(signed)));
        refused(Reason.BAD_SIGNATURE, () -> acceptor.onAuth(auth));
    }

    @Test
    void somebodyElsesRecordCannotBeClaimedByAnAcceptor() {
        DialerHandshake dialer = dial(alice, bob);
        byte[] forged = signedOffer(
                malloryKey,
                dialer.hello(),
                new ServerOffer(1, List.of(1), 0, new byte[32], bob.record().get()));
        refused(Reason.BAD_SIGNATURE, () -> dialer.onServerHello(forged));
    }

    @Test
    void aRecordSwappedInTheClaimBreaksTheSignature() {
        DialerHandshake dialer = dial(alice, bob);
        AcceptorHandshake acceptor = accept(bob);
        dialer.onServerHello(acceptor.onHello(dialer.hello()));
        ClientAuth auth = HandshakeCodec.decodeClientAuth(dialer.auth());
        byte[] swapped = HandshakeCodec.encode(new ClientClaim(mallory.record().get()));
        byte[] message = HandshakeCodec.encode(new ClientAuth(swapped, auth.signature()));
        refused(Reason.BAD_SIGNATURE, () -> acceptor.onAuth(message));
    }

    @Test
    void anotherNetworkIsAStranger() {
        Credentials elsewhere = identities.credentials(aliceKey, NetworkId.of("elsewhere"), List.of(1));
        refused(Reason.STRANGER, () -> accept(bob).onHello(dial(elsewhere, bob).hello()));
    }

    @Test
    void aRefusalIsTypedAtTheDialer() {
        DialerHandshake dialer = dial(alice, bob);
        AcceptorHandshake acceptor = accept(bob);
        dialer.onServerHello(acceptor.onHello(dialer.hello()));
        acceptor.onAuth(dialer.auth());
        refused(Reason.REJECTED, () -> dialer.onVerdict(acceptor.refuse(VerdictCode.BUSY, 60)));
    }

    @Test
    void messagesOutOfTurnAreRefused() {
        DialerHandshake dialer = dial(alice, bob);
        AcceptorHandshake acceptor = accept(bob);
        refused(Reason.MALFORMED, dialer::auth);
        refused(Reason.MALFORMED, () -> dialer.onVerdict(acceptor.accept()));
        refused(Reason.MALFORMED, () -> acceptor.onAuth(new byte[10]));
        byte[] answer = acceptor.onHello(dialer.hello());
        refused(Reason.MALFORMED, () -> acceptor.onHello(dialer.hello()));
        dialer.onServerHello(answer);
        refused(Reason.MALFORMED, () -> dialer.onServerHello(answer));
    }

    @Test
    void everyAlteredByteOfEveryMessageIsRefused() {
        DialerHandshake honest = dial(alice, bob);
        byte[] hello = honest.hello();
        AcceptorHandshake acceptor = accept(bob);
        byte[] answer = acceptor.onHello(hello);
        honest.onServerHello(answer);
        byte[] auth = honest.auth();
        for (int i = 0; i < hello.length; i++) {
            byte[] altered = altered(hello, i);
            refused(null, () -> accept(bob).onHello(altered));
        }
        for (int i = 0; i < answer.length; i++) {
            byte[] altered = altered(answer, i);
            // A dialer of the same nonce, so that nothing but the altered byte is wrong.
            refused(null, () -> sameDialer(hello).onServerHello(altered));
        }
        for (int i = 0; i < auth.length; i++) {
            byte[] altered = altered(auth, i);
            refused(null, () -> acceptor.onAuth(altered));
        }
        assertThat(acceptor.onAuth(auth)).isEqualTo(alice.record().get());
    }

    @Test
    void everyTruncationAndGarbageIsRefused() {
        byte[] hello = dial(alice, bob).hello();
        for (int length = 0; length < hello.length; length++) {
            byte[] truncated = Arrays.copyOf(hello, length);
            refused(null, () -> accept(bob).onHello(truncated));
        }
        for (int i = 0; i < 20_000; i++) {
            byte[] garbage = new byte[random.nextInt(300)];
            random.nextBytes(garbage);
            refused(null, () -> accept(bob).onHello(garbage));
            refused(null, () -> dial(alice, bob).onServerHello(garbage));
        }
    }

    /** A dialer whose first message is the given one. */
    private DialerHandshake sameDialer(byte[] hello) {
        byte[] nonce = HandshakeCodec.decodeClientHello(hello).nonce();
        return new DialerHandshake(alice, bobKey.id(), false, new Random() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(nonce, 0, bytes, 0, bytes.length);
            }
        });
    }

    private byte[] altered(byte[] message, int at) {
        byte[] copy = message.clone();
        copy[at] ^= (byte) (1 << random.nextInt(8));
        return copy;
    }

    private DialerHandshake dial(Credentials from, Credentials to) {
        return new DialerHandshake(from, to.key().id(), false, random);
    }

    private AcceptorHandshake accept(Credentials at) {
        return new AcceptorHandshake(at, random);
    }

    private static byte[] hello(List<Integer> versions, byte[] nonce, PeerId server) {
        return HandshakeForge.hello(NETWORK.toBytes(), versions, nonce, server);
    }

    private static byte[] signedOffer(SeedKey signer, byte[] hello, ServerOffer offer) {
        return HandshakeForge.serverHello(signer, NETWORK, hello, offer);
    }

    private static void refused(@Nullable Reason reason, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(HandshakeException.class, e -> {
            if (reason != null) {
                assertThat(e.reason()).isEqualTo(reason);
            }
        });
    }
}
