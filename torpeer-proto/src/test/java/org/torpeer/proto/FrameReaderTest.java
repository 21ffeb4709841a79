package org.torpeer.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.torpeer.proto.Refusals.assertRefused;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FrameReaderTest {
    @Test
    void cutsPayloadsHoweverTheBytesCome() {
        Random random = Seed.random("FrameReaderTest");
        for (int round = 0; round < 200; round++) {
            List<byte[]> sent = payloads(random);
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            sent.forEach(payload -> stream.writeBytes(FrameReader.frame(payload)));
            assertThat(received(stream.toByteArray(), random)).containsExactlyElementsOf(sent);
        }
    }

    @Test
    void oneByteAtATime() {
        FrameReader reader = new FrameReader(3);
        List<byte[]> taken = new ArrayList<>();
        for (byte b : new byte[] {0, 0, 0, 3, 7, 8, 9, 0, 0, 0, 1, 5}) {
            reader.feed(new byte[] {b});
            byte[] payload = reader.next();
            if (payload != null) {
                taken.add(payload);
            }
        }
        assertThat(taken).containsExactly(new byte[] {7, 8, 9}, new byte[] {5});
    }

    @Test
    void refusesLengthsOutOfRangeAtOnceAndForEver() {
        for (int length : new int[] {0, -1, Integer.MIN_VALUE, 2049, Integer.MAX_VALUE}) {
            FrameReader reader = new FrameReader(FrameReader.BEFORE_AUTHENTICATION);
            reader.feed(ByteBuffer.allocate(4).putInt(length).array());
            assertRefused("length " + length, Malformation.TOO_LONG, reader::next);
            assertRefused("length " + length, Malformation.TOO_LONG, reader::next);
        }
    }

    @Test
    void aLengthIsNotRefusedBeforeItIsWhole() {
        FrameReader reader = new FrameReader(1);
        reader.feed(new byte[] {-1, -1, -1});
        assertThat(reader.next()).isNull();
        reader.feed(new byte[] {-1});
        assertRefused("length", Malformation.TOO_LONG, reader::next);
    }

    @Test
    void theLimitHoldsFromTheNextPayloadOn() {
        FrameReader reader = new FrameReader(4);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(FrameReader.frame(new byte[4]));
        stream.writeBytes(FrameReader.frame(new byte[5]));
        reader.feed(stream.toByteArray());
        assertThat(reader.next()).hasSize(4);
        reader.limit(5);
        assertThat(reader.next()).hasSize(5);
        assertThat(reader.next()).isNull();
    }

    @Test
    void chunksAreTakenOneByOne() {
        FrameReader reader = new FrameReader(4);
        reader.feed(FrameReader.frame(new byte[2]));
        assertThatIllegalStateException().isThrownBy(() -> reader.feed(new byte[1]));
        assertThat(reader.next()).hasSize(2);
        reader.feed(new byte[0]);
        assertThat(reader.next()).isNull();
    }

    private static List<byte[]> payloads(Random random) {
        List<byte[]> payloads = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            byte[] payload = new byte[1 + random.nextInt(random.nextBoolean() ? 5 : 5000)];
            random.nextBytes(payload);
            payloads.add(payload);
        }
        return payloads;
    }

    private static List<byte[]> received(byte[] stream, Random random) {
        FrameReader reader = new FrameReader(5000);
        List<byte[]> taken = new ArrayList<>();
        int at = 0;
        while (at < stream.length) {
            int end = Math.min(stream.length, at + random.nextInt(random.nextBoolean() ? 7 : 3000));
            reader.feed(Arrays.copyOfRange(stream, at, end));
            at = end;
            for (byte[] payload = reader.next(); payload != null; payload = reader.next()) {
                taken.add(payload);
            }
        }
        return taken;
    }
}
