package org.torpeer.testkit;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.api.spi.store.PeerStore.Change;
import org.torpeer.api.spi.store.PeerStore.Table;
import org.torpeer.api.spi.store.PeerStoreProvider;

/**
 * Numbered batches, each of which sets the same entries to its own number, so that a store shows which was the last and
 * whether it is there as a whole. As a program it writes them until it is killed.
 */
public final class WrittenBatches {
    private static final int ENTRIES = 16;
    /** Of the program. */
    static final int STEP = 100;
    /** Sizes differ between batches, so that pages split and chunks do not align. */
    private static final int SIZES = 7;

    private final int step;

    /**
     * @param step how many bytes longer values are from one batch to the next, for a few batches
     */
    public WrittenBatches(int step) {
        this.step = step;
    }

    /**
     * Arguments: the provider's class, a folder, the first number, the number of the batch in whose writing the process
     * ends by itself, and how many turns of a loop after that began. Each batch is acknowledged by its number on a line.
     */
    public static void main(String[] args) throws ReflectiveOperationException, InterruptedException {
        PeerStoreProvider provider = provider(args[0]);
        WrittenBatches batches = new WrittenBatches(STEP);
        PeerStore store = provider.open(Path.of(args[1]));
        int fatal = Integer.parseInt(args[3]);
        Thread end = endAfter(Integer.parseInt(args[4]));
        for (int number = Integer.parseInt(args[2]); ; number++) {
            if (number == fatal) {
                end.start();
            }
            store.apply(batches.batch(number));
            System.out.println(number);
            System.out.flush();
            if (number == fatal) {
                end.join();
            }
        }
    }

    /** Ends the process there and then: nothing is flushed or closed. */
    private static Thread endAfter(int turns) {
        return new Thread(() -> {
            for (int turn = 0; turn < turns; turn++) {
                Thread.onSpinWait();
            }
            Runtime.getRuntime().halt(1);
        });
    }

    public List<Change> batch(int number) {
        List<Change> batch = new ArrayList<>();
        for (int entry = 0; entry < ENTRIES; entry++) {
            batch.add(new Change(table(entry), key(entry), value(number)));
        }
        return batch;
    }

    /**
     * The number of the last batch in the store, 0 if there is none.
     *
     * @throws AssertionError if a batch is there in part
     */
    public int last(PeerStore store) {
        Set<Integer> numbers = new HashSet<>();
        for (int entry = 0; entry < ENTRIES; entry++) {
            byte[] value = store.get(table(entry), key(entry));
            numbers.add(value == null ? 0 : number(value));
        }
        if (numbers.size() != 1) {
            throw new AssertionError("a part of a batch is there: " + numbers);
        }
        return numbers.iterator().next();
    }

    private int number(byte[] value) {
        int number = ByteBuffer.wrap(value).getInt();
        if (!Arrays.equals(value, value(number))) {
            throw new AssertionError("a value is not as it was written");
        }
        return number;
    }

    private byte[] value(int number) {
        byte[] value = new byte[Integer.BYTES + step * Math.floorMod(number, SIZES)];
        Arrays.fill(value, (byte) number);
        return ByteBuffer.wrap(value).putInt(0, number).array();
    }

    private static Table table(int entry) {
        return entry % 2 == 0 ? Table.PEERS : Table.STATE;
    }

    private static byte[] key(int entry) {
        return ByteBuffer.allocate(32).putInt(28, entry).array();
    }

    private static PeerStoreProvider provider(String name) throws ReflectiveOperationException {
        var constructor = Class.forName(name).getDeclaredConstructor();
        constructor.setAccessible(true);
        return (PeerStoreProvider) constructor.newInstance();
    }
}
