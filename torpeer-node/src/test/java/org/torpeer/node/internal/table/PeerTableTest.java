package org.torpeer.node.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.PeerStatus;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.node.internal.TestIdentities;
import org.torpeer.proto.RecordCodec;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.testkit.TestSeed;

class PeerTableTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Random random = TestSeed.random("PeerTableTest");
    private final TestIdentities identities = new TestIdentities(random, NOW);
    private final SeedKey self = identities.key();
    private final PeerTable table = new PeerTable(self.id(), 4);

    @Test
    void anUnreachedPeerIsDialedAndNeverHandedOut() {
        PeerEntry entry = put(identities.key());
        assertThat(table.due(0, e -> true)).isSameAs(entry);
        assertThat(table.sample(10, null, NOW, random)).isEmpty();
        table.reached(entry, NOW);
        assertThat(table.sample(10, null, NOW, random)).containsExactly(entry.record());
        assertThat(table.sample(10, entry.id(), NOW, random)).isEmpty();
        assertThat(table.sample(10, null, NOW.plus(Duration.ofHours(24)), random))
                .isEmpty();
    }

    @Test
    void hearsayMakesRoomForHearsayButNeverDisplacesAnAuthenticatedPeer() {
        List<PeerEntry> reached = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            PeerEntry entry = put(identities.key());
            table.reached(entry, NOW);
            reached.add(entry);
        }
        for (int i = 0; i < 100; i++) {
            put(identities.key());
        }
        assertThat(table.size()).isEqualTo(4);
        assertThat(table.entries()).containsAll(reached);
        table.reached(
                table.entries().stream()
                        .filter(e -> e.verifiedAt() == null)
                        .findFirst()
                        .orElseThrow(),
                NOW);
        assertThat(table.wants(identities.record(identities.key()), 0)).isFalse();
    }

    @Test
    void onlyAHigherSequenceReplaces() {
        SeedKey key = identities.key();
        PeerEntry entry = put(key);
        table.reached(entry, NOW);
        assertThat(table.wants(identities.record(key), 0)).isFalse();
        SignedPeerRecord higher = identities.record(key, r -> TestIdentities.withState(r, PeerState.ACTIVE, -5));
        assertThat(table.put(higher, 0)).isSameAs(entry);
        SignedPeerRecord lower =
                identities.record(key, r -> TestIdentities.withState(r, PeerState.ACTIVE, Long.MAX_VALUE));
        assertThat(table.put(lower, 0)).as("sequences are unsigned").isNull();
        assertThat(entry.record()).isEqualTo(higher);
    }

    @Test
    void whoLeftIsNotDialedUntilItComesBack() {
        SeedKey key = identities.key();
        PeerEntry entry = put(key);
        table.reached(entry, NOW);
        table.put(identities.record(key, r -> TestIdentities.withState(r, PeerState.LEAVING, 2)), 0);
        assertThat(status(entry)).isEqualTo(PeerStatus.LEFT);
        assertThat(table.due(Long.MAX_VALUE / 2, e -> true)).isNull();
        assertThat(table.sample(10, null, NOW, random)).isEmpty();
        table.put(identities.record(key, r -> TestIdentities.withState(r, PeerState.ACTIVE, 3)), 0);
        assertThat(status(entry)).isEqualTo(PeerStatus.UNKNOWN);
        assertThat(table.due(0, e -> true)).isSameAs(entry);
    }

    @Test
    void whoLeavesUnknownIsNotEntered() {
        assertThat(table.put(
                        identities.record(identities.key(), r -> TestIdentities.withState(r, PeerState.LEAVING, 2)), 0))
                .isNull();
        assertThat(table.put(identities.record(self), 0)).as("ourselves").isNull();
        assertThat(table.size()).isZero();
    }

    @Test
    void aRevokedPeerIsNeverDialedNorHandedOutAndOutlivesItsExpiry() {
        SeedKey key = identities.key();
        PeerEntry entry = put(key);
        table.reached(entry, NOW);
        SignedPeerRecord certificate = certificate(key);
        assertThat(table.put(certificate, 0)).isSameAs(entry);
        assertThat(status(entry)).isEqualTo(PeerStatus.REVOKED);
        assertThat(table.revocation(key.id())).isEqualTo(certificate);
        assertThat(table.due(Long.MAX_VALUE / 2, e -> true)).isNull();
        assertThat(table.sample(10, null, NOW, random)).isEmpty();
        assertThat(table.expire(NOW.plus(Duration.ofDays(1000)))).isEmpty();
        assertThat(table.wants(identities.record(key, r -> TestIdentities.withState(r, PeerState.ACTIVE, -2)), 0))
                .isFalse();
        table.reached(entry, NOW);
        table.failed(entry, 0, random);
        assertThat(status(entry)).isEqualTo(PeerStatus.REVOKED);
    }

    @Test
    void revocationsAreBoundedAndThoseOfPeersWeKnewStayLongest() {
        SeedKey known = identities.key();
        table.reached(put(known), NOW);
        table.put(certificate(known), 0);
        PeerEntry living = put(identities.key());
        SeedKey first = identities.key();
        table.put(certificate(first), 0);
        for (int i = 0; i < 100; i++) {
            assertThat(table.put(certificate(identities.key()), 0)).isNotNull();
        }
        assertThat(table.snapshot(peer -> false)).hasSize(5);
        assertThat(table.takeEvicted()).hasSize(98).contains(first.id());
        assertThat(table.takeEvicted()).isEmpty();
        assertThat(table.revocation(known.id())).isNotNull();
        assertThat(table.get(living.id())).as("makes no room for revocations").isSameAs(living);
    }

    @Test
    void onlyWhoWasAuthenticatedHandsOverAndIsReplacedOnce() {
        SeedKey old = identities.key();
        SeedKey next = identities.key();
        PeerEntry hearsay = put(old);
        table.put(handover(old, next), 0);
        assertThat(table.handingOver(0)).isNull();
        table.reached(hearsay, NOW);
        assertThat(table.handingOver(0)).isSameAs(hearsay);
        table.failed(hearsay, 0, random);
        assertThat(table.handingOver(0)).as("later").isNull();
        assertThat(table.handingOver(seconds(10))).isSameAs(hearsay);
        table.replaced(hearsay);
        assertThat(status(hearsay)).isEqualTo(PeerStatus.REPLACED);
        assertThat(table.handingOver(seconds(10))).isNull();

        SeedKey toUs = identities.key();
        table.reached(put(toUs), NOW);
        table.put(handover(toUs, self), 0);
        assertThat(table.handingOver(seconds(10)))
                .as("we do not dial ourselves")
                .isNull();
    }

    private SignedPeerRecord certificate(SeedKey key) {
        return identities.record(key, r -> TestIdentities.withState(r, PeerState.REVOKED, -1));
    }

    private SignedPeerRecord handover(SeedKey old, SeedKey next) {
        return identities.record(
                old,
                r -> new PeerRecord(
                        r.endpoint(),
                        RecordCodec.HANDOVER_SEQUENCE,
                        r.issued(),
                        r.lifetime(),
                        PeerState.LEAVING,
                        r.role(),
                        r.protocols(),
                        r.proof(),
                        r.attributes(),
                        RecordCodec.consent(next, old.id(), TestIdentities.NETWORK)));
    }

    @Test
    void aFailedPeerIsTriedAgainLaterAndLater() {
        PeerEntry entry = put(identities.key());
        long first = pauseAfterFailure(entry);
        for (int i = 0; i < 5; i++) {
            pauseAfterFailure(entry);
        }
        long later = pauseAfterFailure(entry);
        for (int i = 0; i < 100; i++) {
            pauseAfterFailure(entry);
        }
        long last = pauseAfterFailure(entry);
        assertThat(status(entry)).isEqualTo(PeerStatus.OFFLINE);
        assertThat(first).isBetween(seconds(2), seconds(8));
        assertThat(later).isGreaterThan(first);
        assertThat(last).isBetween(seconds(1800), seconds(5400));
    }

    @Test
    void aRestlessPeerIsHeardEightTimesInTenMinutesAndAlwaysWhenItLeaves() {
        SeedKey key = identities.key();
        PeerEntry entry = put(key);
        int heard = 0;
        for (int i = 2; i < 100; i++) {
            heard += table.put(numbered(key, PeerState.ACTIVE, i), seconds(i)) == null ? 0 : 1;
        }
        assertThat(heard).isEqualTo(8);
        assertThat(table.put(numbered(key, PeerState.LEAVING, 200), seconds(200)))
                .isSameAs(entry);
        assertThat(table.put(numbered(key, PeerState.ACTIVE, 201), seconds(1000)))
                .isSameAs(entry);
    }

    @Test
    void whoMadeRoomIsReportedOnce() {
        PeerEntry first = put(identities.key());
        for (int i = 0; i < 4; i++) {
            put(identities.key());
        }
        assertThat(table.takeEvicted()).containsExactly(first.id());
        assertThat(table.takeEvicted()).isEmpty();
    }

    @Test
    void anExpiredEntryIsDropped() {
        PeerEntry entry = put(identities.key());
        assertThat(table.expire(NOW)).isEmpty();
        assertThat(table.expire(NOW.plus(Duration.ofHours(24)))).containsExactly(entry.id());
        assertThat(table.size()).isZero();
    }

    @Test
    void aSampleIsDrawnEvenly() {
        PeerTable large = new PeerTable(self.id(), 100);
        for (int i = 0; i < 10; i++) {
            PeerEntry entry = Objects.requireNonNull(large.put(identities.record(identities.key()), 0));
            large.reached(entry, NOW);
        }
        SignedPeerRecord watched = large.entries().iterator().next().record();
        int hits = 0;
        for (int i = 0; i < 2000; i++) {
            hits += large.sample(3, null, NOW, random).contains(watched) ? 1 : 0;
        }
        // 600 expected with a deviation of 20.5; six deviations are exceeded twice in a billion runs.
        assertThat(hits).isBetween(477, 723);
    }

    private long pauseAfterFailure(PeerEntry entry) {
        table.failed(entry, 1_000, random);
        return entry.notBefore - 1_000;
    }

    private SignedPeerRecord numbered(SeedKey key, PeerState state, long sequence) {
        return identities.record(key, r -> TestIdentities.withState(r, state, sequence));
    }

    private PeerEntry put(SeedKey key) {
        return Objects.requireNonNull(table.put(identities.record(key), 0));
    }

    private static PeerStatus status(PeerEntry entry) {
        KnownPeer snapshot = entry.snapshot(false);
        return snapshot.status();
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
