package org.torpeer.testkit.adversary;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.torpeer.api.PeerId;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameCodec;
import org.torpeer.proto.FrameReader;

/**
 * Announcements of hosts that do not exist, each of another key, by the million: a few records that are wrong at a glance
 * (time, epoch, bits, algorithm), whose keys are then overwritten. Making one takes a copy.
 */
public final class BogusAnnouncements {
    private final RandomGenerator random;
    private final List<Template> templates;

    private record Template(byte[] framed, int keyAt) {
        static Template of(SignedPeerRecord record) {
            byte[] framed = FrameReader.frame(FrameCodec.encode(new Frame.Announce(record)));
            int keyAt =
                    Collections.indexOfSubList(list(framed), list(record.peer().toBytes()));
            return new Template(framed, keyAt);
        }

        private static List<Byte> list(byte[] bytes) {
            return IntStream.range(0, bytes.length).mapToObj(i -> bytes[i]).toList();
        }
    }

    public BogusAnnouncements(RecordMaker maker, RandomGenerator random) {
        this.random = random;
        BadRecords bad = new BadRecords(maker, random);
        templates = Stream.of(
                        bad.fromTheFuture(Duration.ofHours(1)),
                        bad.expired(Duration.ofDays(1)),
                        bad.proofOfAnotherEpoch(),
                        bad.parameterBombs().get(0))
                .map(Template::of)
                .toList();
    }

    /** So many announcements as bytes for {@link AttackingSession#sendBytes}. */
    public byte[] next(int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] key = new byte[PeerId.BYTES];
        for (int i = 0; i < count; i++) {
            Template template = templates.get(i % templates.size());
            random.nextBytes(key);
            out.writeBytes(ByteBuffer.wrap(template.framed().clone())
                    .put(template.keyAt(), key)
                    .array());
        }
        return out.toByteArray();
    }
}
