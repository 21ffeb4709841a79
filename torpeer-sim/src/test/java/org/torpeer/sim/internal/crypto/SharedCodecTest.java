package org.torpeer.sim.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.api.Attributes;
import org.torpeer.api.Endpoint;
import org.torpeer.api.NetworkId;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.node.identity.Identity;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameCodec;
import org.torpeer.proto.FrameReader;
import org.torpeer.proto.MalformedException;
import org.torpeer.proto.RecordCodec;
import org.torpeer.sim.Crypto;
import org.torpeer.testkit.TestSeed;

final class SharedCodecTest {
    private static final NetworkId NETWORK = NetworkId.of("crypto");

    private final RandomGenerator random = TestSeed.random("SharedCodecTest");
    private final RunCrypto crypto = RunCrypto.of(Crypto.SIMULATED, 10, random.nextLong());
    private final SharedCodec codec = new SharedCodec(1000);
    private final List<SignedPeerRecord> records =
            Stream.generate(this::record).limit(40).toList();

    @Test
    @DisplayName("a list that was encoded is given back as it is, once, and decoded after that")
    void givenBack() {
        Frame list = list(7, 0, 20);
        byte[] payload = payload(list);
        assertThat(payload).isEqualTo(FrameCodec.encode(list));
        assertThat(codec.frame(payload.clone())).isSameAs(list);
        assertThat(codec.frame(payload)).isEqualTo(list).isNotSameAs(list);
    }

    @Test
    @DisplayName("a list that nobody encoded here, or that is not the same to the last byte, is decoded")
    void decoded() {
        Frame elsewhere = list(1, 0, 20);
        assertThat(codec.frame(FrameCodec.encode(elsewhere))).isEqualTo(elsewhere);

        // The same records, so that both have the same place.
        Frame one = list(1, 0, 20);
        Frame other = list(2, 0, 20);
        byte[] payload = payload(one);
        assertThat(codec.frame(FrameCodec.encode(other))).isEqualTo(other);
        byte[] broken = payload.clone();
        broken[1] = 0x7f;
        assertThatThrownBy(() -> codec.frame(broken)).isInstanceOf(MalformedException.class);
        assertThat(codec.frame(payload)).isSameAs(one);
    }

    @Test
    @DisplayName("of several lists at one place the last is given back and the others are decoded, all equal")
    void crowded() {
        List<Frame> lists = new ArrayList<>();
        List<byte[]> payloads = new ArrayList<>();
        for (int id = 1; id < 100; id++) {
            Frame list = list(id, 0, 20);
            lists.add(list);
            payloads.add(payload(list));
        }
        for (int i = 0; i < lists.size(); i++) {
            assertThat(codec.frame(payloads.get(i))).isEqualTo(lists.get(i));
        }
    }

    @Test
    @DisplayName("short frames go the usual way")
    void others() {
        for (Frame frame : List.of(new Frame.Ping(5), list(3, 0, 0), list(3, 0, 1), new Frame.GetPeers(1, 5, false))) {
            byte[] payload = payload(frame);
            assertThat(payload).isEqualTo(FrameCodec.encode(frame));
            assertThat(codec.frame(payload)).isEqualTo(frame);
        }
    }

    /** What is sent of a frame, without the length that precedes it. */
    private byte[] payload(Frame frame) {
        byte[] framed = codec.framed(frame);
        byte[] payload = Arrays.copyOfRange(framed, Integer.BYTES, framed.length);
        assertThat(framed).isEqualTo(FrameReader.frame(payload));
        return payload;
    }

    private Frame list(int id, int from, int to) {
        return new Frame.Peers(id, records.subList(from, to));
    }

    private SignedPeerRecord record() {
        Identity identity = crypto.identity(NETWORK, random);
        PeerRecord content = new PeerRecord(
                new Endpoint(identity.id(), 1),
                1,
                Instant.ofEpochSecond(600),
                Duration.ofHours(1),
                PeerState.ACTIVE,
                Role.PARTICIPANT,
                List.of(),
                identity.proof(),
                Attributes.NONE);
        return RecordCodec.sign(content, NETWORK, identity.key());
    }
}
