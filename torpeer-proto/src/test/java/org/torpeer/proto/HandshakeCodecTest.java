package org.torpeer.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.torpeer.proto.Refusals.assertNoTruncationPasses;
import static org.torpeer.proto.Refusals.assertRefused;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.PeerId;
import org.torpeer.proto.key.Ed25519;
import org.torpeer.proto.key.SeedKey;

final class HandshakeCodecTest {
    private static final Vectors VECTOR = Vectors.file("handshake.json");
    private static final NetworkId NETWORK = NetworkId.of(VECTOR.text("network"));
    private static final SeedKey CLIENT = SeedKey.of(VECTOR.hex("clientSeed"));
    private static final SeedKey SERVER = SeedKey.of(VECTOR.hex("serverSeed"));
    private static final Map<String, Consumer<byte[]>> DECODERS = Map.of(
            "clientHello", HandshakeCodec::decodeClientHello,
            "serverHello", HandshakeCodec::decodeServerHello,
            "serverOffer", HandshakeCodec::decodeServerOffer,
            "clientAuth", HandshakeCodec::decodeClientAuth,
            "clientClaim", HandshakeCodec::decodeClientClaim,
            "verdict", HandshakeCodec::decodeVerdict);

    @Test
    void makesTheVectorFromItsSeedsAndNonces() {
        byte[] admission = HandshakeBinding.admission(
                VECTOR.hex("secret"),
                VECTOR.integers("clientVersions"),
                VECTOR.u64("clientCapabilities"),
                VECTOR.hex("clientNonce"),
                SERVER.id());
        assertThat(admission).isEqualTo(VECTOR.hex("admission"));

        byte[] hello = HandshakeCodec.encode(new ClientHello(
                VECTOR.integers("clientVersions"),
                VECTOR.u64("clientCapabilities"),
                VECTOR.hex("clientNonce"),
                admission));
        assertThat(hello).isEqualTo(VECTOR.hex("clientHello"));

        byte[] offer = HandshakeCodec.encode(new ServerOffer(
                VECTOR.integer("version"),
                VECTOR.integers("serverVersions"),
                VECTOR.u64("serverCapabilities"),
                VECTOR.hex("serverNonce"),
                RecordCodec.decode(VECTOR.hex("serverRecord"))));
        assertThat(offer).isEqualTo(VECTOR.hex("serverOffer"));

        byte[] serverSigned = HandshakeBinding.serverSigned(NETWORK, hello, offer);
        assertThat(serverSigned).isEqualTo(VECTOR.hex("serverSigned"));
        byte[] serverHello = HandshakeCodec.encode(new ServerHello(offer, SERVER.sign(serverSigned)));
        assertThat(serverHello).isEqualTo(VECTOR.hex("serverHello"));

        byte[] claim = HandshakeCodec.encode(new ClientClaim(RecordCodec.decode(VECTOR.hex("clientRecord"))));
        assertThat(claim).isEqualTo(VECTOR.hex("clientClaim"));
        byte[] clientSigned =
                HandshakeBinding.clientSigned(NETWORK, SERVER.id(), CLIENT.id(), hello, serverHello, claim);
        assertThat(clientSigned).isEqualTo(VECTOR.hex("clientSigned"));
        byte[] auth = HandshakeCodec.encode(new ClientAuth(claim, CLIENT.sign(clientSigned)));
        assertThat(auth).isEqualTo(VECTOR.hex("clientAuth"));

        byte[] verdict = HandshakeCodec.encode(new Verdict(VerdictCode.ACCEPT, 0));
        assertThat(verdict).isEqualTo(VECTOR.hex("verdict"));
        assertThat(HandshakeBinding.sessionId(hello, serverHello, auth, verdict))
                .isEqualTo(VECTOR.hex("sessionId"));
    }

    @Test
    void readsTheVector() {
        ClientHello hello = HandshakeCodec.decodeClientHello(VECTOR.hex("clientHello"));
        assertThat(hello.versions()).isEqualTo(VECTOR.integers("clientVersions"));
        assertThat(hello.capabilities()).isEqualTo(VECTOR.u64("clientCapabilities"));
        assertThat(hello.nonce()).isEqualTo(VECTOR.hex("clientNonce"));
        assertThat(hello.admission()).isEqualTo(VECTOR.hex("admission"));

        ServerHello serverHello = HandshakeCodec.decodeServerHello(VECTOR.hex("serverHello"));
        ServerOffer offer = HandshakeCodec.decodeServerOffer(serverHello.offer());
        assertThat(offer.version()).isEqualTo(VECTOR.integer("version"));
        assertThat(offer.capabilities()).isEqualTo(VECTOR.u64("serverCapabilities"));
        assertThat(offer.record().peer()).isEqualTo(SERVER.id());
        assertThat(Ed25519.verify(SERVER.id(), VECTOR.hex("serverSigned"), serverHello.signature()))
                .isTrue();

        ClientAuth auth = HandshakeCodec.decodeClientAuth(VECTOR.hex("clientAuth"));
        ClientClaim claim = HandshakeCodec.decodeClientClaim(auth.claim());
        assertThat(auth.anonymous()).isFalse();
        assertThat(claim.record()).isEqualTo(RecordCodec.decode(VECTOR.hex("clientRecord")));
        assertThat(Ed25519.verify(CLIENT.id(), VECTOR.hex("clientSigned"), auth.signature()))
                .isTrue();
    }

    @Test
    void anonymousDialersShowAndSignNothing() {
        byte[] claim = HandshakeCodec.encode(new ClientClaim(null));
        byte[] auth = HandshakeCodec.encode(new ClientAuth(claim, new byte[0]));
        assertThat(auth).isEqualTo(VECTOR.hex("anonymousClientAuth"));

        ClientAuth decoded = HandshakeCodec.decodeClientAuth(auth);
        assertThat(decoded.anonymous()).isTrue();
        assertThat(HandshakeCodec.decodeClientClaim(decoded.claim()).record()).isNull();
    }

    @Test
    void verdicts() {
        assertThat(VECTOR.list("verdicts")).hasSameSizeAs(VerdictCode.values());
        for (Vectors vector : VECTOR.list("verdicts")) {
            Verdict verdict =
                    new Verdict(VerdictCode.valueOf(vector.text("code")), vector.integer("retryAfterSeconds"));
            assertThat(HandshakeCodec.encode(verdict)).isEqualTo(vector.hex("encoded"));
            assertThat(HandshakeCodec.decodeVerdict(vector.hex("encoded"))).isEqualTo(verdict);
        }
    }

    @Test
    void refusesTheMalformedVectors() {
        for (Vectors vector : VECTOR.list("invalid")) {
            Consumer<byte[]> decoder = Objects.requireNonNull(DECODERS.get(vector.text("message")));
            assertRefused(vector.text("name"), vector.reason(), () -> decoder.accept(vector.hex("encoded")));
        }
    }

    @Test
    void noTruncationPassesForTheWhole() {
        assertNoTruncationPasses(VECTOR.hex("clientHello"), HandshakeCodec::decodeClientHello);
        assertNoTruncationPasses(VECTOR.hex("serverHello"), HandshakeCodec::decodeServerHello);
        assertNoTruncationPasses(VECTOR.hex("serverOffer"), HandshakeCodec::decodeServerOffer);
        assertNoTruncationPasses(VECTOR.hex("clientAuth"), HandshakeCodec::decodeClientAuth);
        assertNoTruncationPasses(VECTOR.hex("clientClaim"), HandshakeCodec::decodeClientClaim);
        VECTOR.list("verdicts")
                .forEach(vector -> assertNoTruncationPasses(vector.hex("encoded"), HandshakeCodec::decodeVerdict));
    }

    @Test
    void refusesOversizeBeforeReading() {
        byte[] oversize = new byte[HandshakeCodec.MAX_BYTES + 1];
        DECODERS.forEach((name, decoder) -> assertRefused(name, Malformation.TOO_LONG, () -> decoder.accept(oversize)));
    }

    @Test
    void theAdmissionDependsOnEverythingInIt() {
        byte[] secret = VECTOR.hex("secret");
        byte[] nonce = VECTOR.hex("clientNonce");
        List<Integer> versions = List.of(1);
        byte[] admission = HandshakeBinding.admission(secret, versions, 0, nonce, SERVER.id());
        assertThat(admission)
                .isNotEqualTo(HandshakeBinding.admission(new byte[32], versions, 0, nonce, SERVER.id()))
                .isNotEqualTo(HandshakeBinding.admission(secret, List.of(1, 2), 0, nonce, SERVER.id()))
                .isNotEqualTo(HandshakeBinding.admission(secret, versions, 1, nonce, SERVER.id()))
                .isNotEqualTo(HandshakeBinding.admission(secret, versions, 0, new byte[32], SERVER.id()))
                .isNotEqualTo(HandshakeBinding.admission(secret, versions, 0, nonce, CLIENT.id()));
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> HandshakeBinding.admission(new byte[0], versions, 0, nonce, SERVER.id()));
    }

    @Test
    void aClientSignatureIsForOneServerOnly() {
        byte[] part = {1};
        PeerId other = PeerId.of(new byte[32]);
        assertThat(HandshakeBinding.clientSigned(NETWORK, SERVER.id(), CLIENT.id(), part, part, part))
                .isNotEqualTo(HandshakeBinding.clientSigned(NETWORK, other, CLIENT.id(), part, part, part))
                .isNotEqualTo(HandshakeBinding.clientSigned(
                        NetworkId.of("another"), SERVER.id(), CLIENT.id(), part, part, part));
    }

    @Test
    void bytesMovedBetweenMessagesChangeTheSession() {
        byte[] none = {};
        byte[] one = {1};
        byte[] two = {1, 1};
        assertThat(HandshakeBinding.sessionId(two, none, one, one))
                .isNotEqualTo(HandshakeBinding.sessionId(one, one, one, one))
                .isNotEqualTo(HandshakeBinding.sessionId(none, two, one, one));
    }

    @Test
    void messagesKeepTheirOwnCopies() {
        byte[] nonce = VECTOR.hex("clientNonce");
        ClientHello hello = new ClientHello(List.of(1), 0, nonce, VECTOR.hex("admission"));
        nonce[0] ^= 1;
        hello.nonce()[1] ^= 1;
        assertThat(hello.nonce()).isEqualTo(VECTOR.hex("clientNonce"));
    }
}
