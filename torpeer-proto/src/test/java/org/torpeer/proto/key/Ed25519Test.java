package org.torpeer.proto.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.torpeer.api.PeerId;
import org.torpeer.proto.Seed;
import org.torpeer.proto.Vectors;

final class Ed25519Test {
    private static final Vectors VECTORS = Vectors.file("ed25519.json");

    @Test
    void signsAndVerifiesTheVectorsOfTheStandard() {
        for (Vectors vector : VECTORS.list("valid")) {
            SeedKey key = SeedKey.of(vector.hex("seed"));
            byte[] message = vector.hex("message");
            byte[] signature = vector.hex("signature");
            assertThat(key.id().toBytes()).as(vector.text("name")).isEqualTo(vector.hex("key"));
            assertThat(key.sign(message)).isEqualTo(signature);
            assertThat(ExpandedKey.of(key.expanded()).sign(message)).isEqualTo(signature);
            assertThat(Ed25519.verify(key.id(), message, signature)).isTrue();
            assertThat(Ed25519.validKey(key.id())).isTrue();
        }
    }

    @Test
    void multipliesByTheCofactor() {
        for (Vectors vector : VECTORS.list("accepted")) {
            assertThat(Ed25519.verify(PeerId.of(vector.hex("key")), vector.hex("message"), vector.hex("signature")))
                    .as(vector.text("name"))
                    .isTrue();
        }
    }

    @Test
    void refusesWhatIsNotStrictlyValid() {
        for (Vectors vector : VECTORS.list("invalid")) {
            PeerId key = PeerId.of(vector.hex("key"));
            for (int again = 0; again < 2; again++) {
                assertThat(Ed25519.verify(key, vector.hex("message"), vector.hex("signature")))
                        .as(vector.text("name"))
                        .isFalse();
            }
        }
    }

    @Test
    void refusesKeysOfAnyOrderButTheGroups() {
        for (Vectors vector : VECTORS.list("invalid")) {
            if (vector.text("name").startsWith("key ")) {
                assertThat(Ed25519.validKey(PeerId.of(vector.hex("key"))))
                        .as(vector.text("name"))
                        .isFalse();
            }
        }
    }

    @Test
    void everyFlippedBitOfASignatureCounts() {
        SeedKey key = SeedKey.of(new byte[32]);
        byte[] message = {1, 2, 3};
        byte[] signature = key.sign(message);
        for (int bit = 0; bit < signature.length * 8; bit++) {
            byte[] flipped = signature.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Ed25519.verify(key.id(), message, flipped)).isFalse();
        }
    }

    @Test
    void noiseIsNeitherKeyNorSignature() {
        Random random = Seed.random("Ed25519Test");
        SeedKey key = SeedKey.generate(random);
        byte[] noise = new byte[64];
        byte[] noiseKey = new byte[32];
        for (int i = 0; i < 2000; i++) {
            random.nextBytes(noise);
            noise[63] &= 0x0f;
            random.nextBytes(noiseKey);
            assertThat(Ed25519.verify(key.id(), noise, noise)).isFalse();
            assertThat(Ed25519.verify(PeerId.of(noiseKey), noise, noise)).isFalse();
        }
    }

    @Test
    void severalThreadsVerifyAtOnce() {
        Random random = Seed.random("Ed25519Test.threads");
        List<SeedKey> keys =
                Stream.generate(() -> SeedKey.generate(random)).limit(50).toList();
        byte[] message = {1, 2, 3};
        assertThat(IntStream.range(0, 1000).parallel().allMatch(i -> {
                    SeedKey key = keys.get(i % keys.size());
                    PeerId other = keys.get((i + 1) % keys.size()).id();
                    byte[] signature = key.sign(message);
                    return Ed25519.verify(key.id(), message, signature) && !Ed25519.verify(other, message, signature);
                }))
                .isTrue();
    }

    @Test
    void theMemoryForKeysIsBounded() {
        RecentKeys keys = new RecentKeys(3);
        Random random = Seed.random("Ed25519Test.keys");
        PeerId first = remember(keys, random);
        for (int i = 0; i < 20; i++) {
            assertThat(keys.get(first)).isNotNull();
            remember(keys, random);
        }
        assertThat(keys.size()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            remember(keys, random);
        }
        assertThat(keys.get(first)).isNull();
    }

    private static PeerId remember(RecentKeys keys, Random random) {
        PeerId id = SeedKey.generate(random).id();
        keys.put(id, org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyPartialExport(id.toBytes(), 0));
        return id;
    }
}
