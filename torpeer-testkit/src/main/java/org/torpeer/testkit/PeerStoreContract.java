package org.torpeer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.api.spi.store.PeerStore.Change;
import org.torpeer.api.spi.store.PeerStore.Table;
import org.torpeer.api.spi.store.PeerStoreException;
import org.torpeer.api.spi.store.PeerStoreProvider;

/** What every peer store must do. A provider's test extends this class; green means conforming. */
public abstract class PeerStoreContract {
    private static final byte[] KEY = {1, 2, 3};
    private static final byte[] OTHER_KEY = {1, 2, (byte) 0xff};

    protected abstract PeerStoreProvider provider();

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
    @DisplayName("the provider's name is lower case ASCII")
    void hasName() {
        assertThat(provider().name()).matches("[a-z0-9-]+");
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
