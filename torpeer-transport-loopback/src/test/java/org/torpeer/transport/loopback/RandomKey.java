package org.torpeer.transport.loopback;

import java.util.random.RandomGenerator;
import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerId;

/** A key that only has a name: this network proves nothing. */
public final class RandomKey implements OnionKey {
    private final PeerId id;

    public RandomKey(RandomGenerator random) {
        byte[] bytes = new byte[PeerId.BYTES];
        random.nextBytes(bytes);
        id = PeerId.of(bytes);
    }

    @Override
    public PeerId id() {
        return id;
    }

    @Override
    public byte[] sign(byte[] message) {
        throw new AssertionError("the loopback transport has nothing to sign");
    }

    @Override
    public byte[] expanded() {
        throw new AssertionError("the loopback transport has no use for a private key");
    }
}
