package org.torpeer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.api.spi.store.PeerStore.Change;
import org.torpeer.api.spi.store.PeerStore.Table;
import org.torpeer.api.spi.store.PeerStoreException;
import org.torpeer.api.spi.store.PeerStoreProvider;

/**
 * What every peer store must do. A provider's test extends this class; green means conforming.
 *
 * <p>What is asked of persistent ones only is skipped for others. Their provider needs a constructor without arguments,
 * since another process makes one, too.
 */
public abstract class PeerStoreContract {
    private static final byte[] KEY = {1, 2, 3};
    /** Batches before a file is cut off. */
    private static final int BATCHES = 8;

    private static final int KILLS = 5;
    /** The program dies in its first write, then in its second, and so on. */
    private static final int WRITES = 12;
    /** More turns of a loop than a write takes. */
    private static final int MOST_TURNS_BITS = 18;

    private static final int NEVER = Integer.MAX_VALUE;
    private static final byte[] OTHER_KEY = {1, 2, (byte) 0xff};

    protected abstract PeerStoreProvider provider();

    /**
     * At how many places a file is cut off: half of them are every byte of its end, the others even distances apart. A store
     * that takes long to open may ask for less; the property {@code torpeer.cuts} asks for more, up to every byte there is.
     */
    protected int cuts() {
        return 800;
    }

    @Test
    @DisplayName("a new store is empty")
    void beginsEmpty(@TempDir Path folder) {
        try (PeerStore store = provider().open(folder)) {
            for (Table table : Table.values()) {
                assertThat(store.get(table, KEY)).isNull();
                assertThat(contents(store, table)).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("puts, overwrites and removes")
    void changesEntries(@TempDir Path folder) {
        try (PeerStore store = provider().open(folder)) {
            put(store, KEY, new byte[] {10});
            put(store, OTHER_KEY, new byte[] {20});
            assertThat(store.get(Table.PEERS, KEY)).containsExactly(10);
            put(store, KEY, new byte[] {11, 12});
            assertThat(store.get(Table.PEERS, KEY)).containsExactly(11, 12);
            put(store, KEY, null);
            assertThat(store.get(Table.PEERS, KEY)).isNull();
            assertThat(store.get(Table.PEERS, OTHER_KEY)).containsExactly(20);
        }
    }

    @Test
    @DisplayName("removing what is not there does nothing")
    void removesNothing(@TempDir Path folder) {
        try (PeerStore store = provider().open(folder)) {
            put(store, KEY, null);
            assertThat(contents(store, Table.PEERS)).isEmpty();
        }
    }

    @Test
    @DisplayName("tables are apart")
    void separatesTables(@TempDir Path folder) {
        try (PeerStore store = provider().open(folder)) {
            store.apply(List.of(
                    new Change(Table.PEERS, KEY, new byte[] {1}), new Change(Table.STATE, KEY, new byte[] {2})));
            store.apply(List.of(new Change(Table.PEERS, KEY, null)));
            assertThat(store.get(Table.PEERS, KEY)).isNull();
            assertThat(store.get(Table.STATE, KEY)).containsExactly(2);
        }
    }

    @Test
    @DisplayName("an empty value is a value")
    void keepsEmptyValues(@TempDir Path folder) {
        try (PeerStore store = provider().open(folder)) {
            put(store, KEY, new byte[0]);
            assertThat(store.get(Table.PEERS, KEY)).isNotNull().isEmpty();
        }
    }

    @Test
    @DisplayName("changes of a batch are made in order")
    void keepsOrderInBatch(@TempDir Path folder) {
        try (PeerStore store = provider().open(folder)) {
            store.apply(List.of(
                    new Change(Table.PEERS, KEY, new byte[] {1}),
                    new Change(Table.PEERS, KEY, null),
                    new Change(Table.PEERS, KEY, new byte[] {3}),
                    new Change(Table.PEERS, OTHER_KEY, new byte[] {4}),
                    new Change(Table.PEERS, OTHER_KEY, null)));
            assertThat(store.get(Table.PEERS, KEY)).containsExactly(3);
            assertThat(store.get(Table.PEERS, OTHER_KEY)).isNull();
        }
    }

    @Test
    @DisplayName("an empty batch is fine")
    void acceptsEmptyBatch(@TempDir Path folder) {
        try (PeerStore store = provider().open(folder)) {
            assertThatCode(() -> store.apply(List.of())).doesNotThrowAnyException();
        }
    }

    @Test
    @DisplayName("keys and values of the longest length are kept")
    void keepsTheLongest(@TempDir Path folder) {
        byte[] longestKey = filled(PeerStore.MAX_KEY_BYTES);
        byte[] longestValue = filled(PeerStore.MAX_VALUE_BYTES);
        try (PeerStore store = provider().open(folder)) {
            put(store, longestKey, longestValue);
            assertThat(store.get(Table.PEERS, longestKey)).isEqualTo(longestValue);
        }
    }

    @Test
    @DisplayName("arrays are copied on the way in and out")
    void copies(@TempDir Path folder) {
        byte[] key = KEY.clone();
        byte[] value = {7, 8, 9};
        try (PeerStore store = provider().open(folder)) {
            put(store, key, value);
            Arrays.fill(key, (byte) 0);
            Arrays.fill(value, (byte) 0);
            byte[] first = store.get(Table.PEERS, KEY);
            assertThat(first).containsExactly(7, 8, 9);
            Arrays.fill(first, (byte) 0);
            store.forEach(Table.PEERS, (seenKey, seenValue) -> {
                Arrays.fill(seenKey, (byte) 0);
                Arrays.fill(seenValue, (byte) 0);
            });
            assertThat(store.get(Table.PEERS, KEY)).containsExactly(7, 8, 9);
            assertThat(contents(store, Table.PEERS)).containsExactly(Map.entry("010203", "070809"));
        }
    }

    @Test
    @DisplayName("after any changes it holds what a map would, and after reopening too if it is persistent")
    void behavesAsMap(@TempDir Path folder) {
        Random random = TestSeed.random("PeerStoreContract.behavesAsMap");
        Map<Table, Map<String, String>> expected = Map.of(Table.PEERS, new HashMap<>(), Table.STATE, new HashMap<>());
        for (int opening = 0; opening < 4; opening++) {
            try (PeerStore store = provider().open(folder)) {
                if (!provider().persistent()) {
                    expected.values().forEach(Map::clear);
                }
                expected.forEach(
                        (table, entries) -> assertThat(contents(store, table)).isEqualTo(entries));
                for (int batch = 0; batch < 25; batch++) {
                    List<Change> changes = randomChanges(random);
                    changes.forEach(change -> mirror(expected.get(change.table()), change));
                    store.apply(changes);
                }
                expected.forEach(
                        (table, entries) -> assertThat(contents(store, table)).isEqualTo(entries));
            }
        }
    }

    @Test
    @DisplayName("close may be called twice, and everything else fails after it")
    void failsAfterClose(@TempDir Path folder) {
        PeerStore store = provider().open(folder);
        store.close();
        store.close();
        assertThatThrownBy(() -> store.get(Table.PEERS, KEY)).isInstanceOf(PeerStoreException.class);
        assertThatThrownBy(() -> store.forEach(Table.PEERS, (key, value) -> {})).isInstanceOf(PeerStoreException.class);
        assertThatThrownBy(() -> put(store, KEY, KEY)).isInstanceOf(PeerStoreException.class);
    }

    @Test
    @DisplayName("killed at any moment of any write, it has every acknowledged batch, and none in part")
    void survivesKill(@TempDir Path folder) throws Exception {
        assumeTrue(provider().persistent());
        Random random = TestSeed.random("PeerStoreContract.survivesKill");
        WrittenBatches batches = new WrittenBatches(WrittenBatches.STEP);
        int last = 0;
        for (int round = 0; round < KILLS; round++) {
            int acknowledged = writeAndKill(folder, last + 1, 1 + random.nextInt(60), random.nextInt(3_000_000));
            last = found(folder, batches, acknowledged);
        }
    }

    @Test
    @DisplayName("whichever of its writes the program dies in, it has every acknowledged batch, and none in part")
    void survivesDyingInEachWrite(@TempDir Path folder) throws Exception {
        assumeTrue(provider().persistent());
        Random random = TestSeed.random("PeerStoreContract.survivesDyingInEachWrite");
        WrittenBatches batches = new WrittenBatches(WrittenBatches.STEP);
        int last = 0;
        for (int write = 0; write < WRITES; write++) {
            int fatal = last + 1 + write;
            int turns = random.nextInt(1 << random.nextInt(MOST_TURNS_BITS));
            int acknowledged = acknowledged(writer(folder, last + 1, fatal, turns), last, NEVER, 0);
            assertThat(acknowledged).as("batches acknowledged").isBetween(fatal - 1, fatal);
            last = found(folder, batches, acknowledged);
        }
    }

    private int found(Path folder, WrittenBatches batches, int acknowledged) {
        try (PeerStore store = provider().open(folder)) {
            int last = batches.last(store);
            assertThat(last)
                    .as("last batch found, %d acknowledged", acknowledged)
                    .isBetween(acknowledged, acknowledged + 1);
            return last;
        }
    }

    @Test
    @DisplayName("with any of its files cut off at any byte, it opens: with an earlier state as a whole, and usable")
    void opensTruncated(@TempDir Path folder) throws IOException {
        assumeTrue(provider().persistent());
        WrittenBatches batches = new WrittenBatches(1);
        Path whole = Files.createDirectory(folder.resolve("whole"));
        try (PeerStore store = provider().open(whole)) {
            for (int number = 1; number <= BATCHES; number++) {
                store.apply(batches.batch(number));
            }
        }
        for (Path file : files(whole)) {
            byte[] bytes = Files.readAllBytes(file);
            for (int length : lengths(bytes.length)) {
                Path cut = copyOf(whole, folder.resolve("cut"));
                Files.write(cut.resolve(file.getFileName()), Arrays.copyOf(bytes, length));
                assertThat(reopened(cut, batches, length % 16 == 0))
                        .as("%s cut to %d of %d bytes", file.getFileName(), length, bytes.length)
                        .isBetween(0, BATCHES);
            }
        }
    }

    @Test
    @DisplayName("the provider's name is lower case ASCII")
    void hasName() {
        assertThat(provider().name()).matches("[a-z0-9-]+");
    }

    /** Opens and looks what is there; to see whether it is of use, too, writes one more batch and opens again. */
    private int reopened(Path folder, WrittenBatches batches, boolean used) {
        int last;
        try (PeerStore store = provider().open(folder)) {
            last = batches.last(store);
            if (used) {
                store.apply(batches.batch(BATCHES + 1));
            }
        }
        if (used) {
            try (PeerStore store = provider().open(folder)) {
                assertThat(batches.last(store)).as("what is written after that").isEqualTo(BATCHES + 1);
            }
        }
        return last;
    }

    private Set<Integer> lengths(int whole) {
        int wanted = Integer.getInteger("torpeer.cuts", cuts());
        int tail = Math.max(0, whole - wanted / 2);
        Set<Integer> lengths = new TreeSet<>();
        IntStream.range(tail, whole).forEach(lengths::add);
        IntStream.range(0, wanted / 2).forEach(i -> lengths.add((int) ((long) i * tail / Math.max(1, wanted / 2))));
        return lengths;
    }

    /** The number of the last batch acknowledged before the kill, which comes somewhere in a write after so many. */
    private int writeAndKill(Path folder, int first, int batches, int nanosLater) throws Exception {
        int last = acknowledged(writer(folder, first, NEVER, 0), first - 1, first + batches, nanosLater);
        assertThat(last).as("batches acknowledged").isGreaterThanOrEqualTo(first + batches);
        return last;
    }

    private Process writer(Path folder, int first, int fatal, int turns) throws IOException {
        return ChildJvm.running(
                        getClass(),
                        WrittenBatches.class.getName(),
                        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                        provider().getClass().getName(),
                        folder.toString(),
                        String.valueOf(first),
                        String.valueOf(fatal),
                        String.valueOf(turns))
                .start();
    }

    /** The number of the last batch that a writer acknowledged; it is killed a moment after one of them. */
    private static int acknowledged(Process writer, int before, int killedAfter, int nanosLater) throws Exception {
        int last = before;
        try (BufferedReader lines = writer.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = Integer.parseInt(line);
                if (last == killedAfter) {
                    LockSupport.parkNanos(nanosLater);
                    // Through its handle: Process.destroyForcibly would close the stream whose last lines matter.
                    writer.toHandle().destroyForcibly();
                }
            }
            assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            writer.toHandle().destroyForcibly();
        }
        return last;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static Path copyOf(Path folder, Path copy) throws IOException {
        Files.createDirectories(copy);
        for (Path old : files(copy)) {
            Files.delete(old);
        }
        for (Path file : files(folder)) {
            Files.copy(file, copy.resolve(file.getFileName()));
        }
        return copy;
    }

    private static void put(PeerStore store, byte[] key, byte @Nullable [] value) {
        store.apply(List.of(new Change(Table.PEERS, key, value)));
    }

    private static List<Change> randomChanges(Random random) {
        List<Change> changes = new ArrayList<>();
        for (int i = random.nextInt(20); i >= 0; i--) {
            Table table = random.nextBoolean() ? Table.PEERS : Table.STATE;
            byte[] key = {(byte) random.nextInt(60)};
            byte[] value = new byte[random.nextInt(300)];
            random.nextBytes(value);
            changes.add(new Change(table, key, random.nextInt(4) == 0 ? null : value));
        }
        return changes;
    }

    private static void mirror(@Nullable Map<String, String> entries, Change change) {
        byte[] value = change.value();
        if (entries == null) {
            throw new AssertionError("a table without a mirror");
        }
        if (value == null) {
            entries.remove(hex(change.key()));
        } else {
            entries.put(hex(change.key()), hex(value));
        }
    }

    private static Map<String, String> contents(PeerStore store, Table table) {
        Map<String, String> contents = new HashMap<>();
        store.forEach(
                table,
                (key, value) -> assertThat(contents.put(hex(key), hex(value)))
                        .as("each key is shown once")
                        .isNull());
        return contents;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0x5a);
        return bytes;
    }
}
