package org.torpeer.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.torpeer.proto.Refusals.assertNoTruncationPasses;
import static org.torpeer.proto.Refusals.assertRefused;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.OnionKey;
import org.torpeer.api.Proof;
import org.torpeer.proto.key.ExpandedKey;
import org.torpeer.proto.key.SeedKey;

final class StoredCodecTest {
    private static final NetworkId NETWORK = NetworkId.of("my-network");
    private static final Proof PROOF = new Proof("scrypt", "N=1024,r=8,p=1", 5, -1, 7);
    private static final SeedKey SEED = SeedKey.of(new byte[32]);

    @Test
    void identitiesComeBack() {
        StoredIdentity stored = decoded(new StoredIdentity(SEED, NETWORK, PROOF));
        assertThat(stored.key()).isInstanceOf(SeedKey.class);
        assertThat(stored.key().id()).isEqualTo(SEED.id());
        assertThat(stored.network()).isEqualTo(NETWORK);
        assertThat(stored.proof()).isEqualTo(PROOF);

        OnionKey expanded = decoded(new StoredIdentity(ExpandedKey.of(SEED.expanded()), NETWORK, PROOF))
                .key();
        assertThat(expanded).isInstanceOf(ExpandedKey.class);
        assertThat(expanded.id()).isEqualTo(SEED.id());
    }

    @Test
    void aPrivateKeyThatMakesAnotherPublicOneIsRefused() {
        String encoded = HexFormat.of().formatHex(StoredCodec.encode(new StoredIdentity(SEED, NETWORK, PROOF)));
        String own = HexFormat.of().formatHex(SEED.id().toBytes());
        String other = HexFormat.of()
                .formatHex(SeedKey.of("another seed of 32 bytes length!".getBytes(StandardCharsets.US_ASCII))
                        .id()
                        .toBytes());
        assertThat(encoded).contains(own);
        byte[] mixed = HexFormat.of().parseHex(encoded.replace(own, other));
        assertRefused("mixed", Malformation.BAD_FIELD, () -> StoredCodec.decodeIdentity(mixed));
    }

    @Test
    void noTruncationAndNoFlippedBitCrashesOrPasses() {
        for (OnionKey key : new OnionKey[] {SEED, ExpandedKey.of(SEED.expanded())}) {
            byte[] encoded = StoredCodec.encode(new StoredIdentity(key, NETWORK, PROOF));
            assertNoTruncationPasses(
                    encoded, bytes -> StoredCodec.decodeIdentity(bytes).proof());
            for (int bit = 0; bit < encoded.length * 8; bit++) {
                byte[] flipped = encoded.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                Refusals.decodes(StoredCodec::decodeIdentity, flipped);
            }
        }
    }

    @Test
    void malformedIdentitiesAreRefused() {
        String version = "0801";
        String seed = "1220" + "00".repeat(32);
        String key = "2220" + HexFormat.of().formatHex(SEED.id().toBytes());
        String network = "2a0161";
        String proof = "32030a0161";
        assertThat(identity(version + seed + key + network + proof).network().name())
                .isEqualTo("a");
        assertRefused(
                "version", Malformation.UNSUPPORTED_VERSION, () -> identity("0802" + seed + key + network + proof));
        assertRefused("no key", Malformation.BAD_FIELD, () -> identity(version + key + network + proof));
        assertRefused("short seed", Malformation.BAD_FIELD, () -> identity(version + "120100" + key + network + proof));
        assertRefused("no public", Malformation.BAD_FIELD, () -> identity(version + seed + network + proof));
        assertRefused("no network", Malformation.BAD_FIELD, () -> identity(version + seed + key + proof));
        assertRefused("control", Malformation.BAD_FIELD, () -> identity(version + seed + key + "2a0107" + proof));
        assertRefused("no proof", Malformation.BAD_FIELD, () -> identity(version + seed + key + network));
    }

    @Test
    void storesNoProofItCouldNotRead() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> StoredCodec.encode(new StoredIdentity(SEED, NETWORK, new Proof("", "", 256, 0, 0))));
    }

    @Test
    void privateKeysDoNotShow() {
        StoredIdentity identity = new StoredIdentity(SEED, NETWORK, PROOF);
        assertThat(identity.toString()).contains(SEED.id().toString()).doesNotContain("00000000");
    }

    private static StoredIdentity identity(String hex) {
        return StoredCodec.decodeIdentity(HexFormat.of().parseHex(hex));
    }

    private static StoredIdentity decoded(StoredIdentity identity) {
        return StoredCodec.decodeIdentity(StoredCodec.encode(identity));
    }
}
