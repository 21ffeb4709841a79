package org.torpeer.node.internal.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.api.spi.store.PeerStore.Change;
import org.torpeer.api.spi.store.PeerStore.Table;

/** A process that writes until it is killed: batch after batch, each acknowledged by its number on a line. */
final class KilledWriter {
    /** Entries that every batch sets to its own number. */
    static final int ENTRIES = 16;
    /** Sizes differ between batches, so that pages split and chunks do not align. */
    private static final int SIZES = 7;

    private KilledWriter() {}

    public static void main(String[] args) {
        PeerStore store = new MvPeerStoreProvider().open(Path.of(args[0]));
        for (int number = Integer.parseInt(args[1]); ; number++) {
            store.apply(batch(number));
            System.out.println(number);
            System.out.flush();
        }
    }

    static byte[] key(int entry) {
        return ByteBuffer.allocate(32).putInt(28, entry).array();
    }

    /** The number that a value was written with; -1 if not every byte of it is as written. */
    static int number(byte[] value) {
        int number = ByteBuffer.wrap(value).getInt();
        return Arrays.equals(value, value(number)) ? number : -1;
    }

    private static byte[] value(int number) {
        byte[] value = new byte[4 + 100 * Math.floorMod(number, SIZES)];
        Arrays.fill(value, (byte) number);
        return ByteBuffer.wrap(value).putInt(0, number).array();
    }

    static List<Change> batch(int number) {
        List<Change> batch = new ArrayList<>();
        for (int entry = 0; entry < ENTRIES; entry++) {
            Table table = entry % 2 == 0 ? Table.PEERS : Table.STATE;
            byte[] value = value(number);
            batch.add(new Change(table, key(entry), value));
        }
        return batch;
    }
}
