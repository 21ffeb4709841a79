package org.torpeer.node.internal.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.api.spi.store.PeerStoreException;
import org.torpeer.api.spi.store.PeerStoreProvider;
import org.torpeer.testkit.PeerStoreContract;

/** A store as somebody else would write it, with nothing but the API: lines of text, rewritten at every batch. */
final class ThirdPartyPeerStoreTest extends PeerStoreContract {
    @Override
    protected PeerStoreProvider provider() {
        return new TextProvider();
    }

    private static final class TextProvider implements PeerStoreProvider {
        @Override
        public String name() {
            return "text";
        }

        @Override
        public boolean persistent() {
            return true;
        }

        @Override
        public PeerStore open(Path folder) {
            return new TextStore(folder.resolve("peers.txt"));
        }
    }

    private static final class TextStore implements PeerStore {
        private static final HexFormat HEX = HexFormat.of();

        private final Path file;
        private @Nullable Map<String, byte[]> entries = new TreeMap<>();

        TextStore(Path file) {
            this.file = file;
            try {
                for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                    String[] parts = line.split(" ", -1);
                    entries().put(parts[0] + " " + parts[1], HEX.parseHex(parts[2]));
                }
            } catch (IOException e) {
                throw new PeerStoreException("cannot read " + file, e);
            }
        }

        @Override
        public byte @Nullable [] get(Table table, byte[] key) {
            byte[] value = entries().get(name(table, key));
            return value == null ? null : value.clone();
        }

        @Override
        public void forEach(Table table, BiConsumer<byte[], byte[]> visitor) {
            entries().forEach((name, value) -> {
                if (name.startsWith(table + " ")) {
                    visitor.accept(HEX.parseHex(name.substring(name.indexOf(' ') + 1)), value.clone());
                }
            });
        }

        @Override
        public void apply(List<Change> batch) {
            Map<String, byte[]> changed = new TreeMap<>(entries());
            for (Change change : batch) {
                byte[] value = change.value();
                if (change.key().length == 0
                        || change.key().length > MAX_KEY_BYTES
                        || (value != null && value.length > MAX_VALUE_BYTES)) {
                    throw new InvalidInputException("too long, or no key");
                }
                if (value == null) {
                    changed.remove(name(change.table(), change.key()));
                } else {
                    changed.put(name(change.table(), change.key()), value.clone());
                }
            }
            write(changed);
            entries = changed;
        }

        @Override
        public void close() {
            entries = null;
        }

        private void write(Map<String, byte[]> changed) {
            List<String> lines = new ArrayList<>();
            changed.forEach((name, value) -> lines.add(name + " " + HEX.formatHex(value)));
            Path next = file.resolveSibling("peers.txt.next");
            try {
                Files.write(next, lines);
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Map<String, byte[]> entries() {
            if (entries == null) {
                throw new PeerStoreException("closed", null);
            }
            return entries;
        }

        private static String name(Table table, byte[] key) {
            return table + " " + HEX.formatHex(key);
        }
    }
}
