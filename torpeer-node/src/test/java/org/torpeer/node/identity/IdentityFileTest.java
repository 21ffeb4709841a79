package org.torpeer.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.torpeer.node.internal.TestIdentities.EASY;
import static org.torpeer.node.internal.TestIdentities.NETWORK;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.Proof;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.internal.TestIdentities;
import org.torpeer.proto.key.ExpandedKey;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.testkit.TestSeed;

class IdentityFileTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final Random random = TestSeed.random("IdentityFileTest");
    private final TestIdentities identities = new TestIdentities(random, Instant.parse("2026-01-01T00:00:00Z"));
    private final SeedKey key = identities.key();
    private final Identity identity = new Identity(key, NETWORK, identities.proof(key, NETWORK, 8));
    private final NodeRuntime runtime = NodeRuntime.system("identity-file-test");

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void aSealedIdentityOpensWithItsPassphraseAlone() throws Exception {
        IdentityFile file = IdentityFile.in(folder);
        char[] used = "open sesame".toCharArray();
        file.create(identity, used);
        assertThat(used).containsOnly('\0');
        assertThat(file.sealed()).isTrue();
        byte[] before = Files.readAllBytes(file.path());
        assertThat(contains(before, key.seed())).isFalse();

        assertThatThrownBy(() -> file.load("open barley".toCharArray())).isInstanceOf(WrongPassphraseException.class);
        assertThatThrownBy(file::load)
                .isInstanceOf(WrongPassphraseException.class)
                .hasMessageContaining("give its passphrase");
        assertThatThrownBy(() -> file.changePassphrase("open barley".toCharArray(), "x".toCharArray()))
                .isInstanceOf(WrongPassphraseException.class);
        assertThat(Files.readAllBytes(file.path())).isEqualTo(before);

        char[] loading = "open sesame".toCharArray();
        assertSame(file.load(loading), identity);
        assertThat(loading).containsOnly('\0');
    }

    @Test
    void aPassphraseIsChangedAndTakenAway() throws Exception {
        IdentityFile file = IdentityFile.in(folder);
        file.create(identity);
        assertThat(file.sealed()).isFalse();
        file.changePassphrase(new char[0], "one".toCharArray());
        file.changePassphrase("one".toCharArray(), "two".toCharArray());
        assertThatThrownBy(() -> file.load("one".toCharArray())).isInstanceOf(WrongPassphraseException.class);
        file.changePassphrase("two".toCharArray(), new char[0]);
        assertSame(file.load(), identity);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
    }

    @Test
    void whatAKilledProcessLeftDoesNoHarm() throws Exception {
        IdentityFile file = IdentityFile.in(folder);
        file.create(identity);
        Files.write(folder.resolve("identity.new"), new byte[] {1, 2, 3});
        assertSame(file.load(), identity);
        file.changePassphrase(new char[0], new char[0]);
        assertSame(file.load(), identity);
        assertThat(Files.exists(folder.resolve("identity.new"))).isFalse();
    }

    @Test
    void damagedAndForeignFilesAreRefusedAndKept() throws Exception {
        IdentityFile file = IdentityFile.in(folder);
        file.create(identity);
        byte[] plain = Files.readAllBytes(file.path());
        for (int length = 0; length < plain.length; length++) {
            assertRefused(file, Arrays.copyOf(plain, length));
        }
        Files.write(file.path(), plain);
        file.changePassphrase(new char[0], "p".toCharArray());
        byte[] sealed = Files.readAllBytes(file.path());
        for (int length : new int[] {15, 20, 61, 62, sealed.length - 1}) {
            assertRefused(file, Arrays.copyOf(sealed, length));
        }
        byte[] costly = sealed.clone();
        costly[15] = 30;
        assertRefused(file, costly);
        assertRefused(file, new byte[100_000]);
        assertRefused(file, "-----BEGIN OPENSSH PRIVATE KEY-----".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Test
    void aBackupBringsItBackSealedAsItWas() throws Exception {
        IdentityFile file = IdentityFile.in(folder);
        Path backup = folder.resolve("backup.txt");
        file.create(identity, "p".toCharArray());
        file.backUp(backup);
        assertThatThrownBy(() -> file.backUp(backup))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("exists already");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");

        IdentityFile elsewhere = IdentityFile.in(folder.resolve("elsewhere"));
        elsewhere.restore(backup);
        assertThat(elsewhere.sealed()).isTrue();
        assertSame(elsewhere.load("p".toCharArray()), identity);
        assertThatThrownBy(() -> elsewhere.restore(backup))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("it is kept");
    }

    @Test
    void aBackupThatIsNotOneRestoresNothing() throws Exception {
        IdentityFile file = IdentityFile.in(folder);
        Path backup = folder.resolve("backup.txt");
        file.create(identity);
        file.backUp(backup);
        byte[] whole = Files.readAllBytes(backup);
        IdentityFile elsewhere = IdentityFile.in(folder.resolve("elsewhere"));
        for (int at = 0; at < whole.length - 1; at += 7) {
            byte[] changed = whole.clone();
            changed[at] = (byte) (changed[at] == '#' ? '!' : '#');
            Files.write(backup, changed);
            assertNotRestored(elsewhere, backup);
            Files.write(backup, Arrays.copyOf(whole, at));
            assertNotRestored(elsewhere, backup);
        }
        Path certificate = folder.resolve("revocation.txt");
        Revocation.write(Revocation.certificate(identity), certificate);
        assertNotRestored(elsewhere, certificate);
        assertNotRestored(elsewhere, folder.resolve("missing"));
    }

    @Test
    void anOnionServiceIsImportedAndItsDirectoryStaysAsItIs() throws Exception {
        Path service = Files.createDirectory(folder.resolve("service"));
        byte[] header =
                Arrays.copyOf("== ed25519v1-secret: type0 ==".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 96);
        System.arraycopy(key.expanded(), 0, header, 32, 64);
        Files.write(service.resolve("hs_ed25519_secret_key"), header);
        Files.writeString(service.resolve("hostname"), key.id() + "\n");

        IdentityDraft draft = IdentityDraft.of(folder);
        Identity imported = new IdentityMaker(runtime)
                .importFrom(service, draft, NETWORK, EASY, 1, new char[0])
                .await(PATIENCE);
        draft.discard();
        assertThat(imported.id()).isEqualTo(key.id());
        assertThat(Work.holds(imported)).isTrue();
        IdentityFile file = IdentityFile.in(folder);
        file.create(imported, "p".toCharArray());
        assertThat(file.load("p".toCharArray()).key()).isInstanceOf(ExpandedKey.class);
        assertThat(Files.readAllBytes(service.resolve("hs_ed25519_secret_key"))).isEqualTo(header);

        Files.writeString(service.resolve("hostname"), identities.key().id() + "\n");
        assertThatThrownBy(() -> new IdentityMaker(runtime).importFrom(service, draft, NETWORK, EASY, 1, new char[0]))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void onlyAVerifiedBetterProofReplacesTheOneThereIs() {
        IdentityFile file = IdentityFile.in(folder);
        file.create(identity);
        ProofRequirement higher = new ProofRequirement("sha256", "", 12, 0);
        IdentityMaker maker = new IdentityMaker(runtime);
        Identity better = maker.raise(identity, higher, 1, folder).await(PATIENCE);
        Identity forged = new Identity(
                key, NETWORK, new Proof("sha256", "", 200, better.proof().nonce(), 0));
        SeedKey other = identities.key();
        NetworkId elsewhere = NetworkId.of("elsewhere");
        for (Identity bad : new Identity[] {
            identity,
            forged,
            new Identity(other, NETWORK, identities.proof(other, NETWORK, 12)),
            new Identity(key, elsewhere, identities.proof(key, elsewhere, 12))
        }) {
            assertThatThrownBy(() -> file.raise(bad, new char[0])).isInstanceOf(IdentityException.class);
        }
        assertSame(file.load(), identity);
        file.changePassphrase(new char[0], "p".toCharArray());
        assertThatThrownBy(() -> file.raise(better, "wrong".toCharArray()))
                .isInstanceOf(WrongPassphraseException.class);

        file.raise(better, "p".toCharArray());
        assertSame(file.load("p".toCharArray()), better);
        assertThatThrownBy(() -> maker.raise(better, higher, 1, folder)).isInstanceOf(IdentityException.class);
    }

    @Test
    void anOperatorsKeyIsKept() throws Exception {
        Path file = folder.resolve("operator");
        var made = OperatorKey.create(file, "p".toCharArray(), random);
        assertThat(OperatorKey.load(file, "p".toCharArray()).id()).isEqualTo(made.id());
        assertThatThrownBy(() -> OperatorKey.load(file, "q".toCharArray()))
                .isInstanceOf(WrongPassphraseException.class);
        assertThatThrownBy(() -> OperatorKey.create(file, new char[0], random)).isInstanceOf(IdentityException.class);
        IdentityFile.in(folder).create(identity);
        assertThatThrownBy(() -> OperatorKey.load(IdentityFile.in(folder).path(), new char[0]))
                .isInstanceOf(IdentityException.class);
        Files.write(file, new byte[] {1});
        assertThatThrownBy(() -> OperatorKey.load(file, new char[0])).isInstanceOf(IdentityException.class);
    }

    private static void assertRefused(IdentityFile file, byte[] content) throws IOException {
        Files.write(file.path(), content);
        assertThatThrownBy(() -> file.load("p".toCharArray()))
                .isInstanceOf(IdentityException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
        assertThat(Files.readAllBytes(file.path())).isEqualTo(content);
    }

    private static void assertNotRestored(IdentityFile file, Path backup) {
        assertThatThrownBy(() -> file.restore(backup)).isInstanceOf(IdentityException.class);
        assertThat(file.exists()).isFalse();
    }

    private static void assertSame(Identity actual, Identity expected) {
        assertThat(actual.id()).isEqualTo(expected.id());
        assertThat(actual.network()).isEqualTo(expected.network());
        assertThat(actual.proof()).isEqualTo(expected.proof());
    }

    private static boolean contains(byte[] all, byte[] part) {
        for (int i = 0; i + part.length <= all.length; i++) {
            if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
