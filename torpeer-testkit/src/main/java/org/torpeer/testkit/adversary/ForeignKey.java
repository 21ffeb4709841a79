package org.torpeer.testkit.adversary;

import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerId;

/**
 * A key whose holder does not hold it.
 *
 * @param id the key it says it is
 * @param signer what it signs with instead
 */
public record ForeignKey(PeerId id, OnionKey signer) implements OnionKey {
    @Override
    public byte[] sign(byte[] message) {
        return signer.sign(message);
    }

    @Override
    public byte[] expanded() {
        return signer.expanded();
    }
}
