package org.torpeer.proto;

import org.torpeer.api.NetworkId;
import org.torpeer.api.OnionKey;
import org.torpeer.api.Proof;

/** Who a node is in a network: its private key, and the proof of work that the key holds there. */
public record StoredIdentity(OnionKey key, NetworkId network, Proof proof) {}
