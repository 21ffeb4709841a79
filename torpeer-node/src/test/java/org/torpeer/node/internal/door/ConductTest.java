package org.torpeer.node.internal.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.torpeer.api.PeerId;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.api.spi.store.PeerStore.Table;
import org.torpeer.node.internal.VirtualNodes;
import org.torpeer.node.internal.book.Reputation.Standing;
import org.torpeer.node.internal.crypto.PretendedCryptography;
import org.torpeer.node.internal.table.ClosedStore;
import org.torpeer.node.internal.table.NodeStore;
import org.torpeer.transport.loopback.virtual.Conditions;
import org.torpeer.transport.loopback.virtual.VirtualRuntime;
import org.torpeer.transport.loopback.virtual.VirtualTime;

class ConductTest {
    private final VirtualTime time = new VirtualTime(1);
    private final VirtualRuntime runtime = time.runtime(0);
    private final PeerStore store = VirtualNodes.memory();
    private final Conduct conduct = new Conduct(new NodeStore(store), runtime);
    private final PeerId peer = PretendedCryptography.key(1).id();

    @Test
    void twoForgedRecordsBanForADayAlsoAcrossARestart() {
        assertThat(conduct.blame(peer, Offence.FORGED_RECORD)).isEqualTo(Standing.DISCOURAGED);
        assertThat(conduct.blame(peer, Offence.FORGED_RECORD)).isEqualTo(Standing.BANNED);
        time.run(Duration.ofSeconds(2));
        Conduct again = new Conduct(new NodeStore(store), runtime);
        assertThat(again.banned(peer)).isTrue();
        time.run(Duration.ofHours(24).plusSeconds(1));
        assertThat(again.banned(peer)).isFalse();
        assertThat(again.bannedFor(peer)).isZero();
    }

    @Test
    void badMarksFade() {
        conduct.blame(peer, Offence.FORGED_RECORD);
        time.run(Duration.ofHours(2));
        assertThat(conduct.blame(peer, Offence.FORGED_RECORD)).isEqualTo(Standing.DISCOURAGED);
    }

    @Test
    void aFloodOfOffendersIsBoundedInMemoryAndStore() {
        for (int i = 0; i < 3 * Conduct.MAX_REMEMBERED; i++) {
            conduct.blame(PretendedCryptography.key(i).id(), Offence.MALFORMED_FRAME);
        }
        time.run(Duration.ofSeconds(5));
        int[] kept = {0};
        store.forEach(Table.STATE, (key, value) -> kept[0]++);
        assertThat(kept[0]).isLessThanOrEqualTo(Conduct.MAX_REMEMBERED);
    }

    @Test
    void anOperatorsBanOutlivesAFloodOfOffenders() {
        conduct.ban(peer, Instant.MAX);
        for (int i = 2; i < 3 * Conduct.MAX_REMEMBERED; i++) {
            conduct.blame(PretendedCryptography.key(i).id(), Offence.FORGED_RECORD);
        }
        conduct.flush();
        assertThat(new Conduct(new NodeStore(store), runtime).banned(peer)).isTrue();
    }

    @Test
    void nothingIsWrittenOnceItIsClosed() {
        ClosedStore closed = new ClosedStore();
        VirtualRuntime busy = time.runtime(1, new Conditions(Duration.ZERO, Duration.ofSeconds(5)));
        Conduct ending = new Conduct(new NodeStore(closed), busy);
        ending.ban(peer, Instant.MAX);
        time.run(Duration.ofSeconds(2));
        ending.allow(peer);
        time.run(Duration.ofSeconds(4));
        ending.pardon(peer);
        ending.close();
        closed.close();
        ending.ban(peer, Instant.MAX);
        time.run(Duration.ofSeconds(20));
        assertThat(closed.writtenLate()).isZero();
        assertThat(new Conduct(new NodeStore(closed), runtime).banned(peer)).isFalse();
    }

    @Test
    void aDamagedEntryIsLeftOut() {
        conduct.ban(peer, Instant.MAX);
        conduct.flush();
        store.forEach(Table.STATE, (key, value) -> {
            value[3] ^= 1;
            store.apply(List.of(new PeerStore.Change(Table.STATE, key, value)));
        });
        assertThat(new Conduct(new NodeStore(store), runtime).banned(peer)).isFalse();
    }

    @Test
    void whomTheOperatorAllowsMayDoAnything() {
        conduct.allow(peer);
        for (int i = 0; i < 10; i++) {
            assertThat(conduct.blame(peer, Offence.FORGED_RECORD)).isEqualTo(Standing.GOOD);
        }
    }
}
