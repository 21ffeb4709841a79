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
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.Operation;
import org.torpeer.api.OperationCancelledException;
import org.torpeer.api.PeerId;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.TorPeer;
import org.torpeer.node.internal.TestIdentities;
import org.torpeer.testkit.TestSeed;

class IdentityDraftTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Nobody finds so many bits. */
    private static final ProofRequirement ENDLESS = new ProofRequirement("sha256", "", 200, 0);

    @TempDir
    private Path folder;

    private final Random random = TestSeed.random("IdentityDraftTest");
    private final TestIdentities identities = new TestIdentities(random, Instant.parse("2026-01-01T00:00:00Z"));
    private final NodeRuntime runtime = NodeRuntime.system("identity-draft-test");
    private final IdentityMaker maker = new IdentityMaker(runtime);

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void workThatWasStoppedGoesOnWithTheSameKey() throws Exception {
        IdentityDraft draft = IdentityDraft.of(folder);
        stop(maker.create(draft, NETWORK, ENDLESS, 1, new char[0]));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(draft.path())))
                .isEqualTo("rw-------");
        byte[] begun = Files.readAllBytes(draft.path());
        long attempts = attempts(draft);

        stop(maker.create(draft, NETWORK, ENDLESS, 1, new char[0]));
        assertThat(Files.readAllBytes(draft.path())).isEqualTo(begun);
        assertThat(attempts(draft)).as("counted on").isGreaterThan(attempts);

        Identity made = maker.create(draft, NETWORK, EASY, 1, new char[0]).await(PATIENCE);
        assertThat(Work.holds(made)).isTrue();
        draft.discardIfOf(identities.key().id(), new char[0]);
        assertThat(draft.exists()).as("of another key, kept").isTrue();
        Identity again = maker.create(draft, NETWORK, EASY, 1, new char[0]).await(PATIENCE);
        assertThat(again.id()).isEqualTo(made.id());
        assertThat(again.proof()).as("found already").isEqualTo(made.proof());
        draft.discardIfOf(made.id(), new char[0]);
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aDraftIsSealedIfItsIdentityIsToBe() {
        IdentityDraft draft = IdentityDraft.of(folder);
        PeerId open = maker.create(draft, NETWORK, EASY, 1, new char[0])
                .await(PATIENCE)
                .id();
        assertThat(draft.sealed()).isFalse();
        char[] passphrase = "p".toCharArray();
        assertThat(maker.create(draft, NETWORK, EASY, 1, passphrase)
                        .await(PATIENCE)
                        .id())
                .isEqualTo(open);
        assertThat(passphrase).containsOnly('\0');
        assertThat(draft.sealed()).as("from now on").isTrue();
        for (String wrong : new String[] {"", "q"}) {
            assertThatThrownBy(() -> maker.create(draft, NETWORK, EASY, 1, wrong.toCharArray()))
                    .isInstanceOf(WrongPassphraseException.class);
        }
        assertThat(maker.create(draft, NETWORK, EASY, 1, "p".toCharArray())
                        .await(PATIENCE)
                        .id())
                .isEqualTo(open);
    }

    @Test
    void anotherKindOfProofBeginsAnewWithTheSameKey() {
        IdentityDraft draft = IdentityDraft.of(folder);
        PeerId begun = maker.create(draft, NETWORK, EASY, 1, new char[0])
                .await(PATIENCE)
                .id();
        ProofRequirement later = new ProofRequirement("sha256", "", 8, 1);
        Identity made = maker.create(draft, NETWORK, later, 1, new char[0]).await(PATIENCE);
        assertThat(made.id()).isEqualTo(begun);
        assertThat(later.metBy(made.proof())).isTrue();
        assertThat(Work.holds(made)).isTrue();
    }

    @Test
    void whatIsOfAnotherIdentityIsRefusedAndKept() throws Exception {
        IdentityDraft draft = IdentityDraft.of(folder);
        maker.create(draft, NETWORK, EASY, 1, new char[0]).await(PATIENCE);
        byte[] before = Files.readAllBytes(draft.path());
        assertThatThrownBy(() -> maker.create(draft, NetworkId.of("elsewhere"), EASY, 1, new char[0]))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("delete it to begin anew");
        assertThatThrownBy(() -> maker.create(draft, identities.key(), NETWORK, EASY, 1, new char[0]))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("delete it to begin anew");
        assertThatThrownBy(
                        () -> maker.create(draft, NETWORK, new ProofRequirement("scrypt", "N=7", 1, 0), 1, new char[0]))
                .isInstanceOf(InvalidInputException.class);
        assertThat(Files.readAllBytes(draft.path())).isEqualTo(before);

        // As advised. The checkpoint of the old key is not in the way of the new one.
        Files.delete(draft.path());
        maker.create(draft, NETWORK, EASY, 1, new char[0]).await(PATIENCE);
        Files.writeString(draft.checkpoint(), "no checkpoint");
        assertThatThrownBy(() -> maker.create(draft, NETWORK, EASY, 1, new char[0]))
                .isInstanceOf(TorPeerException.class)
                .hasMessageContaining("no checkpoint");
        assertThat(draft.checkpoint()).hasContent("no checkpoint");
    }

    @Test
    void aNodeGoesOnWithTheDraftOfItsFolderAndLeavesNothing() throws Exception {
        Identity begun = maker.create(IdentityDraft.of(folder), NETWORK, EASY, 1, "p".toCharArray())
                .await(PATIENCE);
        Map<String, String> network = Map.of("network", "draft-" + random.nextLong());
        for (int start = 0; start < 2; start++) {
            try (var node = TorPeer.node(NETWORK.name())
                    .proof(EASY)
                    .data(folder)
                    .passphrase("p".toCharArray())
                    .transport("loopback", network)
                    .start()) {
                assertThat(node.id()).isEqualTo(begun.id());
            }
            assertThat(IdentityDraft.of(folder).exists()).isFalse();
            assertThat(IdentityDraft.of(folder).checkpoint()).doesNotExist();
            // As if killed before it was discarded.
            maker.create(IdentityDraft.of(folder), begun.key(), NETWORK, EASY, 1, "p".toCharArray())
                    .await(PATIENCE);
        }
    }

    @Test
    void raisingGoesOnAndNeverMeetsTheWorkOfAnotherKey() throws Exception {
        for (int key = 0; key < 2; key++) {
            Identity identity = maker.create(NETWORK, EASY, 1).await(PATIENCE);
            stop(maker.raise(identity, ENDLESS, 1, folder));
            for (int bits = 9; bits < 11; bits++) {
                ProofRequirement more = new ProofRequirement("sha256", "", bits, 0);
                assertThat(Work.holds(maker.raise(identity, more, 1, folder).await(PATIENCE)))
                        .isTrue();
            }
        }
        try (var kept = Files.list(folder)) {
            assertThat(kept).hasSize(2);
        }
    }

    private static void stop(Operation<Identity> endless) throws Exception {
        // A report says that it is under way.
        var underWay = new CountDownLatch(1);
        endless.onProgress(progress -> underWay.countDown());
        assertThat(underWay.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        endless.cancel();
        assertThatThrownBy(() -> endless.await(PATIENCE)).isInstanceOf(OperationCancelledException.class);
        // The checkpoint is written last, just after the search is over.
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("torpeer-miner"))) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** What the checkpoint counts. */
    private static long attempts(IdentityDraft draft) throws Exception {
        return Files.readAllLines(draft.checkpoint()).stream()
                .filter(line -> line.startsWith("attempts "))
                .mapToLong(line -> Long.parseLong(line.substring("attempts ".length())))
                .findFirst()
                .orElseThrow();
    }
}
