package org.torpeer.node.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.api.spi.store.PeerStore.Change;
import org.torpeer.api.spi.store.PeerStore.Table;
import org.torpeer.api.spi.store.PeerStoreException;
import org.torpeer.api.spi.store.PeerStoreProvider;
import org.torpeer.testkit.PeerStoreContract;
import org.torpeer.testkit.TestSeed;
import org.torpeer.testkit.WrittenBatches;

/** The contract, and what can happen to a file. */
final class MvPeerStoreTest extends PeerStoreContract {
    private static final WrittenBatches BATCHES = new WrittenBatches(100);
    private static final byte[] KEY = {1};
    private static final byte[] VALUE = {2};

    @Override
    protected PeerStoreProvider provider() {
        return new MvPeerStoreProvider();
    }

    @Override
    protected int cuts() {
        return 80;
    }

    @Test
    @DisplayName("a file that is no store is set aside and a new one begun")
    void setsGarbageAside(@TempDir Path folder) throws IOException {
        byte[] garbage = new byte[20_000];
        TestSeed.random("MvPeerStoreTest.setsGarbageAside").nextBytes(garbage);
        Files.write(file(folder), garbage);
        assertFreshAndUsable(folder);
        assertThat(damaged(folder)).hasSize(1).allSatisfy(aside -> {
            assertThat(aside).hasBinaryContent(garbage);
            assertThat(aside.getFileName().toString()).matches("peers\\.mv\\.damaged-\\d{8}T\\d{6}Z");
        });
    }

    @Test
    @DisplayName("two damaged files of the same time are both kept")
    void keepsAllDamagedFiles(@TempDir Path folder) throws IOException {
        for (int i = 1; i <= 2; i++) {
            Files.writeString(file(folder), "not a store " + i);
            Files.setLastModifiedTime(file(folder), FileTime.fromMillis(0));
            provider().open(folder).close();
        }
        assertThat(damaged(folder))
                .extracting(path -> path.getFileName().toString())
                .containsExactlyInAnyOrder("peers.mv.damaged-19700101T000000Z", "peers.mv.damaged-19700101T000000Z-2");
    }

    @Test
    @DisplayName("with bytes overwritten anywhere, the file opens: as it was or set aside")
    void opensOverwrittenFiles(@TempDir Path folder) throws IOException {
        byte[] whole = fileOfManyBatches(folder);
        Random random = TestSeed.random("MvPeerStoreTest.opensOverwrittenFiles");
        for (int i = 0; i < 15; i++) {
            byte[] bytes = whole.clone();
            byte[] noise = new byte[1 + random.nextInt(2000)];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, bytes, random.nextInt(bytes.length - noise.length), noise.length);
            Path damaged = Files.createDirectory(folder.resolve("noise" + i));
            Files.write(file(damaged), bytes);
            assertThat(numberInAllEntries(damaged)).isBetween(0, 30);
            assertUsable(damaged);
        }
    }

    @Test
    @DisplayName("a file in use is said to be so, and left alone")
    void refusesLockedFile(@TempDir Path folder) throws IOException {
        try (PeerStore store = provider().open(folder)) {
            store.apply(List.of(new Change(Table.PEERS, KEY, VALUE)));
            assertThatThrownBy(() -> provider().open(folder))
                    .isInstanceOf(PeerStoreException.class)
                    .hasMessageContaining("in use by another node or process");
            assertThat(store.get(Table.PEERS, KEY)).isEqualTo(VALUE);
        }
        assertThat(damaged(folder)).isEmpty();
    }

    @Test
    @DisplayName("only its owner reads the file, whatever it was before")
    void protectsFile(@TempDir Path folder) throws IOException {
        provider().open(folder).close();
        assertThat(permissions(folder)).isEqualTo("rw-------");
        Files.setPosixFilePermissions(file(folder), PosixFilePermissions.fromString("rw-rw-r--"));
        provider().open(folder).close();
        assertThat(permissions(folder)).isEqualTo("rw-------");
    }

    @Test
    @DisplayName("a folder that is not there, or a folder in the file's place, is a clear failure")
    void refusesBadPlaces(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> provider().open(folder.resolve("absent"))).isInstanceOf(PeerStoreException.class);
        Files.createDirectory(file(folder));
        assertThatThrownBy(() -> provider().open(folder)).isInstanceOf(PeerStoreException.class);
        assertThat(file(folder)).isDirectory();
    }

    @Test
    @DisplayName("what old versions took is won back at opening")
    void winsSpaceBack(@TempDir Path folder) throws IOException {
        try (PeerStore store = provider().open(folder)) {
            for (int i = 0; i < 120; i++) {
                store.apply(List.of(new Change(Table.PEERS, new byte[] {(byte) (i % 50)}, new byte[1000])));
            }
        }
        provider().open(folder).close();
        assertThat(Files.size(file(folder))).isLessThan(90_000);
    }

    private static byte[] fileOfManyBatches(Path folder) throws IOException {
        try (PeerStore store = new MvPeerStoreProvider().open(folder)) {
            for (int number = 1; number <= 30; number++) {
                store.apply(BATCHES.batch(number));
            }
        }
        return Files.readAllBytes(file(folder));
    }

    /** The last batch, which must be there as a whole; 0 if there is none. */
    private static int numberInAllEntries(Path folder) {
        try (PeerStore store = new MvPeerStoreProvider().open(folder)) {
            return BATCHES.last(store);
        }
    }

    private void assertFreshAndUsable(Path folder) {
        try (PeerStore store = provider().open(folder)) {
            for (Table table : Table.values()) {
                store.forEach(table, (key, value) -> {
                    throw new AssertionError("a new store is empty");
                });
            }
        }
        assertUsable(folder);
    }

    private void assertUsable(Path folder) {
        try (PeerStore store = provider().open(folder)) {
            store.apply(List.of(new Change(Table.STATE, KEY, VALUE)));
        }
        try (PeerStore store = provider().open(folder)) {
            assertThat(store.get(Table.STATE, KEY)).isEqualTo(VALUE);
        }
    }

    private static List<Path> damaged(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.toString().contains(".damaged-")).toList();
        }
    }

    private static Path file(Path folder) {
        return folder.resolve(MvPeerStoreProvider.FILE);
    }

    private static String permissions(Path folder) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file(folder)));
    }
}
