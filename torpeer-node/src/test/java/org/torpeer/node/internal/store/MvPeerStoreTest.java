package org.torpeer.node.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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

/** The contract, and what can happen to a file. */
final class MvPeerStoreTest extends PeerStoreContract {
    private static final byte[] KEY = {1};
    private static final byte[] VALUE = {2};

    @Override
    protected PeerStoreProvider provider() {
        return new MvPeerStoreProvider();
    }

    @Test
    @DisplayName("after kill -9 in the middle of writing, every acknowledged batch is there, and none in part")
    void survivesKill(@TempDir Path folder) throws Exception {
        Random random = TestSeed.random("MvPeerStoreTest.survivesKill");
        int acknowledged = 0;
        for (int round = 0; round < 3; round++) {
            acknowledged = writeAndKill(folder, acknowledged + 1, 1 + random.nextInt(60));
            int found = numberInAllEntries(folder);
            assertThat(found)
                    .as("last batch found, %d acknowledged", acknowledged)
                    .isBetween(acknowledged, acknowledged + 1);
            assertThat(damaged(folder)).isEmpty();
            acknowledged = found;
        }
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
    @DisplayName("cut off anywhere, the file opens: with an older state or set aside, never with half a batch")
    void opensTruncatedFiles(@TempDir Path folder) throws IOException {
        byte[] whole = fileOfManyBatches(folder);
        Random random = TestSeed.random("MvPeerStoreTest.opensTruncatedFiles");
        for (int i = 0; i < 15; i++) {
            int length = random.nextInt(whole.length);
            Path damaged = Files.createDirectory(folder.resolve("cut" + i));
            Files.write(file(damaged), Arrays.copyOf(whole, length));
            assertThat(numberInAllEntries(damaged))
                    .as("cut to %d bytes", length)
                    .isBetween(0, 30);
            assertUsable(damaged);
        }
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
                store.apply(KilledWriter.batch(number));
            }
        }
        return Files.readAllBytes(file(folder));
    }

    /** The number of the last batch acknowledged before the kill. */
    private static int writeAndKill(Path folder, int first, int batches) throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        KilledWriter.class.getName(),
                        folder.toString(),
                        String.valueOf(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int last = first - 1;
        try (BufferedReader lines = writer.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = Integer.parseInt(line);
                if (last == first + batches) {
                    kill(writer);
                }
            }
            assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            kill(writer);
        }
        assertThat(last).as("batches acknowledged").isGreaterThanOrEqualTo(first + batches);
        return last;
    }

    /** Through its handle: {@link Process#destroyForcibly} would close the stream whose last lines matter. */
    private static void kill(Process process) {
        process.toHandle().destroyForcibly();
    }

    private static String classPath() throws URISyntaxException {
        URL here = KilledWriter.class.getResource("KilledWriter.class");
        assertThat(here).isNotNull();
        int depth = KilledWriter.class.getName().split("\\.").length;
        Path tests = Path.of(here.toURI()).resolve("../".repeat(depth)).normalize();
        return String.join(
                File.pathSeparator,
                tests.toString(),
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"));
    }

    /** What every entry holds, which must be one number; 0 if there are none. */
    private static int numberInAllEntries(Path folder) {
        Set<Integer> numbers = new HashSet<>();
        try (PeerStore store = new MvPeerStoreProvider().open(folder)) {
            for (int entry = 0; entry < KilledWriter.ENTRIES; entry++) {
                byte[] value = store.get(entry % 2 == 0 ? Table.PEERS : Table.STATE, KilledWriter.key(entry));
                numbers.add(value == null ? 0 : KilledWriter.number(value));
            }
        }
        assertThat(numbers).as("one batch's number in all entries").hasSize(1);
        return numbers.iterator().next();
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
