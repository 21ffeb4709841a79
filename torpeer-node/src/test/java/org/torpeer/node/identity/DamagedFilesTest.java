package org.torpeer.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.torpeer.node.internal.TestIdentities.EASY;
import static org.torpeer.node.internal.TestIdentities.NETWORK;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.NetworkPolicy;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.internal.TestIdentities;
import org.torpeer.node.policy.PolicyFile;
import org.torpeer.node.policy.PolicyMaker;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.testkit.TestSeed;

/** Every file that an identity or an operator keeps: cut anywhere, or with any bit changed, or something else. */
class DamagedFilesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private final Random random = TestSeed.random("DamagedFilesTest");
    private final TestIdentities identities = new TestIdentities(random, NOW);
    private final Identity identity = identity();

    private IdentityFile file = IdentityFile.in(Path.of(""));

    @BeforeEach
    void inFolder() {
        file = IdentityFile.in(folder);
    }

    @Test
    void plainIdentity() throws Exception {
        file.create(identity);
        refusedHoweverDamaged(file.path(), file::load);
    }

    @Test
    void sealedIdentity() throws Exception {
        file.create(identity, "p".toCharArray());
        byte[] whole = Files.readAllBytes(file.path());
        ThrowingCallable load = () -> file.load("p".toCharArray());
        // Each that is opened costs a tenth of a second, so some of each part.
        for (int i = 0; i < 6; i++) {
            refused(file.path(), Arrays.copyOf(whole, random.nextInt(whole.length)), load);
            byte[] flipped = whole.clone();
            flipped[random.nextInt(i < 3 ? 46 : whole.length)] ^= (byte) (1 << random.nextInt(8));
            refused(file.path(), flipped, load);
        }
        for (int header = 0; header < 18; header++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[header] ^= (byte) (1 << bit);
                refused(file.path(), flipped, load);
            }
        }
    }

    @Test
    void draft() throws Exception {
        IdentityDraft draft = IdentityDraft.of(folder);
        try (NodeRuntime runtime = NodeRuntime.system("damaged-files")) {
            IdentityMaker maker = new IdentityMaker(runtime);
            maker.create(draft, NETWORK, EASY, 1, new char[0]).await(Duration.ofSeconds(20));
            refusedHoweverDamaged(
                    draft.path(),
                    () -> maker.create(draft, NETWORK, EASY, 1, new char[0]).await(Duration.ofSeconds(20)));
        }
    }

    @Test
    void operatorsKey() throws Exception {
        Path key = folder.resolve("operator");
        OperatorKey.create(key, new char[0], random);
        refusedHoweverDamaged(key, () -> OperatorKey.load(key, new char[0]));
    }

    @Test
    void backup() throws Exception {
        Path backup = folder.resolve("backup");
        file.create(identity);
        file.backUp(backup);
        Files.delete(file.path());
        refusedHoweverDamaged(backup, () -> file.restore(backup));
        assertThat(file.exists()).isFalse();
    }

    @Test
    void revocation() throws Exception {
        Path certificate = folder.resolve("certificate");
        Revocation.write(Revocation.certificate(identity), certificate);
        refusedHoweverDamaged(certificate, () -> Revocation.read(certificate));
    }

    @Test
    void policy() throws Exception {
        Path policy = folder.resolve("policy");
        SeedKey operator = identities.key();
        PolicyFile.write(
                new PolicyMaker(NETWORK, operator)
                        .next(NetworkPolicy.builtIn(EASY), List.of(EASY), NOW, Duration.ofDays(1), NOW),
                policy);
        refusedHoweverDamaged(policy, () -> PolicyFile.read(policy));
    }

    @Test
    void handover() throws Exception {
        file.create(identity);
        Rotation.rotate(folder, identity(), 7411, new char[0], NOW);
        byte[] kept = Files.readAllBytes(file.path());
        Identity next = identity();
        Path handover = folder.resolve("handover");
        byte[] whole = Files.readAllBytes(handover);
        ThrowingCallable rotate = () -> Rotation.rotate(folder, next, 7411, new char[0], NOW);
        // An empty file is an empty list.
        for (int length = 1; length < whole.length; length++) {
            refused(handover, Arrays.copyOf(whole, length), rotate);
        }
        for (int bit = 0; bit < 8 * whole.length; bit += 8) {
            refused(handover, flipped(whole, bit + random.nextInt(8)), rotate);
        }
        assertThat(Files.readAllBytes(file.path())).isEqualTo(kept);
    }

    @Test
    void whatOthersMayReadOrWriteIsNotUsed() throws Exception {
        file.create(identity);
        for (String open : List.of("rw-r-----", "rw----r--", "rw--w----", "rw-----w-")) {
            Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString(open));
            assertThatThrownBy(file::load)
                    .isInstanceOf(IdentityException.class)
                    .hasMessageContaining("chmod 600 " + file.path());
        }
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("r--------"));
        assertThat(file.load().id()).isEqualTo(identity.id());
    }

    @Test
    void filesAndFoldersInEachOthersPlaceAreToldApart() throws Exception {
        Path words = Files.writeString(folder.resolve("words"), "words");
        IdentityFile below = IdentityFile.in(words);
        assertThatThrownBy(below::load).isInstanceOf(IdentityException.class).hasMessageContaining("Not a directory");
        assertThatThrownBy(() -> below.create(identity))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("is not a folder");
        Files.createDirectory(file.path());
        assertThatThrownBy(file::load).isInstanceOf(IdentityException.class).hasMessageContaining("Is a directory");
        assertThatThrownBy(() -> Revocation.read(folder))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("Is a directory");
        assertThatThrownBy(() -> PolicyFile.read(folder.resolve("none")))
                .isInstanceOf(TorPeerException.class)
                .hasMessageContaining("it is not there");
    }

    private void refusedHoweverDamaged(Path path, ThrowingCallable use) throws Exception {
        byte[] whole = Files.readAllBytes(path);
        boolean text = whole[0] == '-';
        // Of a text, the last end of line does not count.
        for (int length = 0; length < whole.length - (text ? 1 : 0); length++) {
            refused(path, Arrays.copyOf(whole, length), use);
        }
        // One bit of each byte, another one in every run.
        for (int bit = 0; bit < 8 * whole.length; bit += 8) {
            refused(path, flipped(whole, bit + random.nextInt(8)), use);
        }
        for (int length : new int[] {0, 1, 100, 1024, 1025, 8192, 8193, 100_000}) {
            byte[] foreign = new byte[length];
            random.nextBytes(foreign);
            refused(path, foreign, use);
        }
    }

    private static void refused(Path path, byte[] content, ThrowingCallable use) throws Exception {
        Files.write(path, content);
        String message = message(use);
        // Asserted in this way, since it is done thousands of times.
        if (!message.contains(path.toString())
                || message.contains("\n")
                || !Arrays.equals(Files.readAllBytes(path), content)) {
            throw new AssertionError(message);
        }
    }

    private static String message(ThrowingCallable use) {
        try {
            use.call();
            return "not refused";
        } catch (TorPeerException e) {
            return String.valueOf(e.getMessage());
        } catch (Throwable e) {
            throw new AssertionError("not as a failure of ours", e);
        }
    }

    private static byte[] flipped(byte[] whole, int bit) {
        byte[] flipped = whole.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        return flipped;
    }

    private Identity identity() {
        SeedKey key = identities.key();
        return new Identity(key, NETWORK, identities.proof(key, NETWORK, 8));
    }
}
