package org.torpeer.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, a decoder throws MalformedException or nothing. */
final class GarbageTest {
    private static final int INPUTS = 100_000;
    private static final List<Consumer<byte[]>> DECODERS = List.of(
            RecordCodec::decode,
            PolicyCodec::decode,
            PeerListCodec::decode,
            FrameCodec::decode,
            HandshakeCodec::decodeClientHello,
            HandshakeCodec::decodeServerHello,
            HandshakeCodec::decodeServerOffer,
            HandshakeCodec::decodeClientAuth,
            HandshakeCodec::decodeClientClaim,
            HandshakeCodec::decodeVerdict,
            StoredCodec::decodeIdentity);

    @Test
    void randomBytes() {
        Random random = Seed.random("GarbageTest.randomBytes");
        for (int i = 0; i < INPUTS; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            Refusals.decodes(DECODERS.get(i % DECODERS.size()), bytes);
        }
    }

    /** Closer to the truth than noise: messages cut, lengthened, overwritten and joined to others. */
    @Test
    void mutatedMessages() {
        Random random = Seed.random("GarbageTest.mutatedMessages");
        List<byte[]> messages = messages();
        int refused = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] bytes = mutated(messages.get(random.nextInt(messages.size())), random);
            if (!Refusals.decodes(DECODERS.get(random.nextInt(DECODERS.size())), bytes)) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(INPUTS / 2);
    }

    private static List<byte[]> messages() {
        List<byte[]> messages = new ArrayList<>();
        Vectors.file("record.json").list("valid").forEach(vector -> messages.add(vector.hex("encoded")));
        Vectors.file("record.json").list("invalid").forEach(vector -> messages.add(vector.hex("encoded")));
        Vectors.file("policy.json").list("valid").forEach(vector -> messages.add(vector.hex("encoded")));
        Vectors.file("policy.json").list("invalid").forEach(vector -> messages.add(vector.hex("encoded")));
        Vectors.file("frame.json").list("valid").forEach(vector -> messages.add(vector.hex("payload")));
        Vectors handshake = Vectors.file("handshake.json");
        for (String name : List.of("clientHello", "serverHello", "serverOffer", "clientAuth", "clientClaim")) {
            messages.add(handshake.hex(name));
        }
        return messages;
    }

    private static byte[] mutated(byte[] message, Random random) {
        byte[] bytes = random.nextInt(4) == 0 ? java.util.Arrays.copyOf(message, random.nextInt(600)) : message.clone();
        for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }
}
