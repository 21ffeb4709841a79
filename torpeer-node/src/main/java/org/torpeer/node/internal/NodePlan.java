package org.torpeer.node.internal;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.NetworkId;
import org.torpeer.api.NodeListener;
import org.torpeer.api.OnionKey;
import org.torpeer.api.Operation;
import org.torpeer.api.PeerId;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.RequestHandler;
import org.torpeer.api.Role;
import org.torpeer.api.SignedNetworkPolicy;
import org.torpeer.api.spi.transport.Transport;

/**
 * What was asked for.
 *
 * @param opening has the transport used in place of one by name, which is left open; null if there is none
 * @param operator whose policies count, null if nobody's
 * @param passphrase of the identity, empty if it is not sealed; cleared when the identity is there
 * @param secret the key of the admission check: the network's identifier, or a private network's secret
 */
public record NodePlan(
        NetworkId network,
        Role role,
        int port,
        String transportName,
        Map<String, String> transportSettings,
        @Nullable Supplier<Operation<Transport>> opening,
        @Nullable Path data,
        String store,
        @Nullable OnionKey key,
        ProofRequirement requirement,
        @Nullable PeerId operator,
        @Nullable SignedNetworkPolicy policy,
        char[] passphrase,
        int miningThreads,
        byte[] secret,
        Map<String, RequestHandler> handlers,
        Map<Integer, InetSocketAddress> forwards,
        @Nullable NodeListener listener) {}
