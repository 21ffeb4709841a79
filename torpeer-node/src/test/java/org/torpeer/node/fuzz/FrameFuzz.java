package org.torpeer.node.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameCodec;
import org.torpeer.proto.FrameReader;
import org.torpeer.proto.MalformedException;

/** A stream of frames in pieces of any size: cut as one whole would be, and each decoded. The first byte says the sizes. */
public final class FrameFuzz {
    private FrameFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int piece = 1 + (input[0] & 0xff);
        byte[] stream = Arrays.copyOfRange(input, 1, input.length);
        byte[] cut = payloads(stream, piece);
        if (!Arrays.equals(cut, payloads(stream, Math.max(1, stream.length)))) {
            throw new AssertionError("where a stream is cut depends on how it comes");
        }
    }

    /** All payloads until the stream is malformed, behind each other. */
    private static byte[] payloads(byte[] stream, int piece) {
        FrameReader reader = new FrameReader(FrameReader.AFTER_AUTHENTICATION);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int from = 0; from < stream.length; from += piece) {
            reader.feed(Arrays.copyOfRange(stream, from, Math.min(stream.length, from + piece)));
            try {
                for (byte[] payload = reader.next(); payload != null; payload = reader.next()) {
                    all.writeBytes(payload);
                    decode(payload);
                }
            } catch (MalformedException e) {
                return all.toByteArray();
            }
        }
        return all.toByteArray();
    }

    private static void decode(byte[] payload) {
        try {
            Frame frame = FrameCodec.decode(payload);
            if (!(frame instanceof Frame.Unknown)) {
                Canonical.require(payload, FrameCodec.encode(frame));
            }
        } catch (MalformedException e) {
            // A session ends here; the reader's place in the stream is not at stake.
            return;
        }
    }
}
