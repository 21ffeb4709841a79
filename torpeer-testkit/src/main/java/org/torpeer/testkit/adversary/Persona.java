package org.torpeer.testkit.adversary;

import java.util.List;
import org.torpeer.api.NetworkId;
import org.torpeer.api.OnionKey;
import org.torpeer.api.SignedPeerRecord;

/**
 * Whom an attacker passes for. Key and record need not belong together, nor to anybody.
 *
 * @param secret the key of the admission check: the network's id, or a private network's secret
 * @param versions the protocol versions it says it speaks, ascending
 */
public record Persona(NetworkId network, OnionKey key, byte[] secret, SignedPeerRecord record, List<Integer> versions) {
    public Persona {
        versions = List.copyOf(versions);
    }

    /** A member of a public network, by version 1. */
    public Persona(NetworkId network, OnionKey key, SignedPeerRecord record) {
        this(network, key, network.toBytes(), record, List.of(1));
    }

    public Persona withSecret(byte[] other) {
        return new Persona(network, key, other.clone(), record, versions);
    }

    public Persona withRecord(SignedPeerRecord other) {
        return new Persona(network, key, secret, other, versions);
    }

    public Persona withVersions(List<Integer> others) {
        return new Persona(network, key, secret, record, others);
    }
}
