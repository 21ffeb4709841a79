package org.torpeer.sim.hazelcast;

import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.spi.MemberAddressProvider;
import java.net.InetSocketAddress;

/** Where a member listens, and what it tells others of that: the same. */
record OneAddress(InetSocketAddress address) implements MemberAddressProvider {
    @Override
    public InetSocketAddress getBindAddress() {
        return address;
    }

    @Override
    public InetSocketAddress getBindAddress(EndpointQualifier qualifier) {
        return address;
    }

    @Override
    public InetSocketAddress getPublicAddress() {
        return address;
    }

    @Override
    public InetSocketAddress getPublicAddress(EndpointQualifier qualifier) {
        return address;
    }
}
