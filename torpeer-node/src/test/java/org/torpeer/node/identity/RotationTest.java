package org.torpeer.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.torpeer.node.internal.TestIdentities.NETWORK;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.NetworkId;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerState;
import org.torpeer.api.Proof;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.TorPeerException;
import org.torpeer.node.internal.TestIdentities;
import org.torpeer.node.internal.file.FolderLock;
import org.torpeer.proto.PeerListCodec;
import org.torpeer.proto.RecordCodec;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.testkit.TestSeed;

class RotationTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private final TestIdentities identities = new TestIdentities(TestSeed.random("RotationTest"), NOW);
    private final Identity old = identity(NETWORK);
    private final Identity successor = identity(NETWORK);

    @Test
    void theSuccessorTakesOverAndTheOldKeyIsKept() {
        IdentityFile file = IdentityFile.in(folder);
        file.create(old, "p".toCharArray());
        SignedPeerRecord handover = Rotation.rotate(folder, successor, 7411, "p".toCharArray(), NOW);

        assertThat(handover.peer()).isEqualTo(old.id());
        assertThat(RecordCodec.signatureValid(handover, NETWORK)).isTrue();
        assertThat(RecordCodec.successorValid(handover, NETWORK)).isTrue();
        assertThat(Rotation.handovers(folder)).containsExactly(handover);
        assertThat(file.load("p".toCharArray()).id()).isEqualTo(successor.id());
        assertThat(IdentityFile.retired(folder, old.id())
                        .load("p".toCharArray())
                        .id())
                .isEqualTo(old.id());
        SignedPeerRecord revocation = Revocation.certificate(old);
        assertThat(revocation.content().supersedes(handover.content())).isTrue();
    }

    @Test
    void killedBeforeTheLastStepItIsDoneAgain() throws Exception {
        IdentityFile file = IdentityFile.in(folder);
        file.create(old);
        Rotation.rotate(folder, successor, 7411, new char[0], NOW);
        // As if the last move had not happened.
        Files.copy(
                IdentityFile.retired(folder, old.id()).path(),
                file.path(),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.write(folder.resolve("identity.new"), new byte[] {1});
        Rotation.rotate(folder, successor, 7411, new char[0], NOW);
        assertThat(file.load().id()).isEqualTo(successor.id());
    }

    @Test
    void aChainOfHandoversEndsAtTheLastKey() throws Exception {
        IdentityFile file = IdentityFile.in(folder);
        file.create(old, "p".toCharArray());
        Identity last = identity(NETWORK);
        SignedPeerRecord first = Rotation.rotate(folder, successor, 7411, "p".toCharArray(), NOW);
        Instant later = NOW.plus(Duration.ofDays(3));
        SignedPeerRecord second = Rotation.rotate(folder, last, 7411, "p".toCharArray(), later);
        List<SignedPeerRecord> shown = Rotation.towards(last.id(), Rotation.handovers(folder), later);
        assertThat(shown).hasSize(2).contains(second);
        SignedPeerRecord redirected = shown.stream()
                .filter(record -> record.peer().equals(old.id()))
                .findFirst()
                .orElseThrow();
        assertThat(RecordCodec.signatureValid(redirected, NETWORK)).isTrue();
        assertThat(RecordCodec.successorValid(redirected, NETWORK)).isTrue();
        assertThat(redirected.content().expires())
                .as("as it was")
                .isEqualTo(first.content().expires());
        assertThat(Rotation.towards(successor.id(), Rotation.handovers(folder), later))
                .as("counts if the last step did not happen")
                .containsExactly(first);

        // A week after the first handover, it is over.
        Identity another = identity(NETWORK);
        Instant end = first.content().expires();
        Rotation.rotate(folder, another, 7411, "p".toCharArray(), end);
        assertThat(Rotation.towards(another.id(), Rotation.handovers(folder), end))
                .extracting(SignedPeerRecord::peer)
                .containsExactlyInAnyOrder(last.id(), successor.id());
    }

    @Test
    void nobodyIsLeftBehindUnasked() throws Exception {
        IdentityFile file = IdentityFile.in(folder);
        file.create(old);
        Rotation.rotate(folder, successor, 7411, new char[0], NOW);
        Files.delete(IdentityFile.retired(folder, old.id()).path());
        byte[] before = Files.readAllBytes(file.path());
        Identity last = identity(NETWORK);
        assertThatThrownBy(() -> Rotation.rotate(folder, last, 7411, new char[0], NOW))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("would be lost")
                .hasMessageContaining("to rotate all the same");
        assertThat(Files.readAllBytes(file.path())).isEqualTo(before);
        Files.delete(folder.resolve("handover"));
        Rotation.rotate(folder, last, 7411, new char[0], NOW);
        assertThat(file.load().id()).isEqualTo(last.id());
    }

    @Test
    void keysAreNotChangedWithoutEnd() throws Exception {
        IdentityFile file = IdentityFile.in(folder);
        file.create(old);
        for (int i = 0; i < 8; i++) {
            Rotation.rotate(folder, identity(NETWORK), 7411, new char[0], NOW);
        }
        PeerId kept = file.load().id();
        assertThat(Rotation.towards(kept, Rotation.handovers(folder), NOW)).hasSize(8);
        Identity ninth = identity(NETWORK);
        assertThatThrownBy(() -> Rotation.rotate(folder, ninth, 7411, new char[0], NOW))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("8 times within a week");
        assertThat(file.load().id()).isEqualTo(kept);
        Rotation.rotate(folder, ninth, 7411, new char[0], NOW.plus(Duration.ofDays(8)));
        assertThat(file.load().id()).isEqualTo(ninth.id());
    }

    @Test
    void whoCannotSucceedDoesNot() throws Exception {
        IdentityFile file = IdentityFile.in(folder);
        file.create(old, "p".toCharArray());
        byte[] before = Files.readAllBytes(file.path());
        Identity unproven = new Identity(successor.key(), NETWORK, new Proof("sha256", "", 200, 1, 0));
        for (Identity bad : new Identity[] {old, identity(NetworkId.of("elsewhere")), unproven}) {
            assertThatThrownBy(() -> Rotation.rotate(folder, bad, 7411, "p".toCharArray(), NOW))
                    .isInstanceOf(IdentityException.class);
        }
        assertThatThrownBy(() -> Rotation.rotate(folder, successor, 7411, "q".toCharArray(), NOW))
                .isInstanceOf(WrongPassphraseException.class);
        try (FolderLock held = FolderLock.take(folder)) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> Rotation.rotate(folder, successor, 7411, "p".toCharArray(), NOW))
                    .isInstanceOf(TorPeerException.class)
                    .hasMessageContaining("another node uses the folder");
        }
        assertThat(Files.readAllBytes(file.path())).isEqualTo(before);
        assertThat(Rotation.handovers(folder)).isEmpty();
    }

    @Test
    void aHandoverThatCannotBeReadIsLeftOut() throws Exception {
        IdentityFile.in(folder).create(old);
        Rotation.rotate(folder, successor, 7411, new char[0], NOW);
        byte[] whole = Files.readAllBytes(folder.resolve("handover"));
        for (int length = 0; length < whole.length; length += 5) {
            Files.write(folder.resolve("handover"), Arrays.copyOf(whole, length));
            assertThat(Rotation.handovers(folder)).isEmpty();
        }
        Files.write(folder.resolve("handover"), new byte[10_000]);
        assertThat(Rotation.handovers(folder)).isEmpty();
        Files.write(folder.resolve("handover"), PeerListCodec.encode(List.of(identities.record(identities.key()))));
        assertThat(Rotation.handovers(folder)).isEmpty();
    }

    @Test
    void certificatesComeBackAndNothingElseDoes() throws Exception {
        Path file = folder.resolve("revocation.txt");
        SignedPeerRecord certificate = Revocation.certificate(old);
        assertThat(certificate).isEqualTo(Revocation.certificate(old));
        assertThat(certificate.content().state()).isEqualTo(PeerState.REVOKED);
        Revocation.write(certificate, file);
        assertThat(Revocation.read(file)).isEqualTo(certificate);
        assertThatThrownBy(() -> Revocation.write(certificate, file)).isInstanceOf(IdentityException.class);

        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length - 1; length += 11) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Revocation.read(file)).isInstanceOf(IdentityException.class);
        }
        Files.delete(file);
        assertThatThrownBy(() -> Revocation.read(file)).isInstanceOf(IdentityException.class);
        Revocation.write(identities.record(identities.key()), file);
        assertThatThrownBy(() -> Revocation.read(file))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("revokes nothing");
    }

    private Identity identity(NetworkId network) {
        SeedKey key = identities.key();
        return new Identity(key, network, identities.proof(key, network, 8));
    }
}
