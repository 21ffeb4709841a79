package org.torpeer.node.internal.book;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.PeerId;

/**
 * What a book keeps beside its entries.
 *
 * @param secret {@link #SECRET_BYTES} bytes that decide who belongs into which bucket; nobody else may know them
 * @param anchors peers to connect with first after a restart, at most {@link #MAX_ANCHORS}
 */
public record BookState(byte[] secret, List<PeerId> anchors) {
    public static final int SECRET_BYTES = 32;
    public static final int MAX_ANCHORS = 2;

    private static final int VERSION = 1;

    /**
     * @throws InvalidInputException if the secret has another length or there are too many anchors
     */
    public BookState {
        if (secret.length != SECRET_BYTES || anchors.size() > MAX_ANCHORS) {
            throw new InvalidInputException(
                    "a book has a secret of " + SECRET_BYTES + " bytes and at most " + MAX_ANCHORS + " anchors");
        }
        secret = secret.clone();
        anchors = List.copyOf(anchors);
    }

    /** A new secret, no anchors. */
    public static BookState fresh(RandomGenerator random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new BookState(secret, List.of());
    }

    public byte[] encode() {
        ByteBuffer body = ByteBuffer.allocate(SECRET_BYTES + anchors.size() * PeerId.BYTES);
        body.put(secret);
        anchors.forEach(anchor -> body.put(anchor.toBytes()));
        return Checked.seal(VERSION, body.array());
    }

    /**
     * @throws InvalidInputException if the bytes are not what {@link #encode} gave: go on with {@link #fresh}
     */
    public static BookState decode(byte[] bytes) {
        ByteBuffer body = Checked.open(VERSION, SECRET_BYTES, bytes, "the address book's state");
        byte[] secret = new byte[SECRET_BYTES];
        body.get(secret);
        List<PeerId> anchors = new ArrayList<>();
        while (body.remaining() >= PeerId.BYTES && anchors.size() < MAX_ANCHORS) {
            byte[] key = new byte[PeerId.BYTES];
            body.get(key);
            anchors.add(PeerId.of(key));
        }
        if (body.hasRemaining()) {
            throw new InvalidInputException("the address book's state has a strange length");
        }
        return new BookState(secret, anchors);
    }
}
