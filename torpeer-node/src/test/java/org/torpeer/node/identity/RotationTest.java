package org.torpeer.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.torpeer.node.internal.TestIdentities.NETWORK;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.NetworkId;
import org.torpeer.api.PeerState;
import org.torpeer.api.Proof;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.TorPeerException;
import org.torpeer.node.internal.TestIdentities;
import org.torpeer.node.internal.file.FolderLock;
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
        assertThat(Rotation.handover(folder)).contains(handover);
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
        assertThat(Rotation.handover(folder)).isEmpty();
    }

    @Test
    void aHandoverThatCannotBeReadIsLeftOut() throws Exception {
        IdentityFile.in(folder).create(old);
        Rotation.rotate(folder, successor, 7411, new char[0], NOW);
        byte[] whole = Files.readAllBytes(folder.resolve("handover"));
        for (int length = 0; length < whole.length; length += 5) {
            Files.write(folder.resolve("handover"), Arrays.copyOf(whole, length));
            assertThat(Rotation.handover(folder)).isEmpty();
        }
        Files.write(folder.resolve("handover"), new byte[10_000]);
        assertThat(Rotation.handover(folder)).isEmpty();
        Files.write(folder.resolve("handover"), RecordCodec.encode(identities.record(identities.key())));
        assertThat(Rotation.handover(folder)).isEmpty();
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
