package org.torpeer.node.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.api.spi.store.PeerStoreException;
import org.torpeer.api.spi.store.PeerStoreProvider;
import org.torpeer.testkit.PeerStoreContract;

/** A store as somebody else would write it, with nothing but the API: a log that batches are appended to. */
final class ThirdPartyPeerStoreTest extends PeerStoreContract {
    @Override
    protected PeerStoreProvider provider() {
        return new LogProvider();
    }

    private static final class LogProvider implements PeerStoreProvider {
        @Override
        public String name() {
            return "log";
        }

        @Override
        public boolean persistent() {
            return true;
        }

        @Override
        public PeerStore open(Path folder) {
            return new LogStore(folder.resolve("peers.log"));
        }
    }

    /**
     * Each batch is its length, its checksum, and for each change the table, the lengths of key and value (-1 to remove) and
     * the two. What follows the last whole batch was never acknowledged and is cut off.
     */
    private static final class LogStore implements PeerStore {
        private static final HexFormat HEX = HexFormat.of();
        private static final int HEAD = Integer.BYTES + Long.BYTES;

        private final FileChannel file;
        private @Nullable Map<String, byte[]> entries = new HashMap<>();

        LogStore(Path path) {
            try {
                file = FileChannel.open(
                        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                ByteBuffer log = ByteBuffer.allocate((int) file.size());
                while (log.hasRemaining() && file.read(log) >= 0) {}
                file.truncate(replay(log.flip()));
                file.position(file.size());
            } catch (IOException e) {
                throw new PeerStoreException("cannot open " + path, e);
            }
        }

        /** Where the last whole batch ends. */
        private int replay(ByteBuffer log) {
            int end = 0;
            while (log.remaining() >= HEAD) {
                int length = log.getInt();
                long checksum = log.getLong();
                if (length < 0 || length > log.remaining()) {
                    break;
                }
                ByteBuffer batch = log.slice(log.position(), length);
                if (checksum(batch.duplicate()) != checksum) {
                    break;
                }
                while (batch.hasRemaining()) {
                    replayChange(batch);
                }
                log.position(log.position() + length);
                end = log.position();
            }
            return end;
        }

        private void replayChange(ByteBuffer batch) {
            Table table = batch.get() == 0 ? Table.PEERS : Table.STATE;
            byte[] key = bytes(batch, batch.get());
            int length = batch.getShort();
            if (length < 0) {
                entries().remove(name(table, key));
            } else {
                entries().put(name(table, key), bytes(batch, length));
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
            entries();
            ByteBuffer body = ByteBuffer.allocate(batch.size() * (4 + MAX_KEY_BYTES + MAX_VALUE_BYTES));
            for (Change change : batch) {
                byte[] value = change.value();
                body.put((byte) (change.table() == Table.PEERS ? 0 : 1))
                        .put((byte) change.key().length)
                        .put(change.key())
                        .putShort((short) (value == null ? -1 : value.length))
                        .put(value == null ? new byte[0] : value);
            }
            append(body.flip());
            while (body.hasRemaining()) {
                replayChange(body);
            }
        }

        @Override
        public void close() {
            entries = null;
            try {
                file.close();
            } catch (IOException e) {
                throw new PeerStoreException("cannot close", e);
            }
        }

        private void append(ByteBuffer body) {
            ByteBuffer log = ByteBuffer.allocate(HEAD + body.remaining())
                    .putInt(body.remaining())
                    .putLong(checksum(body.duplicate()))
                    .put(body.duplicate())
                    .flip();
            try {
                while (log.hasRemaining()) {
                    file.write(log);
                }
                file.force(false);
            } catch (IOException e) {
                throw new PeerStoreException("cannot write", e);
            }
        }

        private Map<String, byte[]> entries() {
            if (entries == null) {
                throw new PeerStoreException("closed", null);
            }
            return entries;
        }

        private static long checksum(ByteBuffer batch) {
            CRC32 checksum = new CRC32();
            checksum.update(batch);
            return checksum.getValue();
        }

        private static byte[] bytes(ByteBuffer from, int length) {
            byte[] bytes = new byte[length];
            from.get(bytes);
            return bytes;
        }

        private static String name(Table table, byte[] key) {
            return table + " " + HEX.formatHex(key);
        }
    }
}
