package org.torpeer.cli.node;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.NetworkId;
import org.torpeer.api.PeerId;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.Role;
import org.torpeer.api.SignedNetworkPolicy;

/**
 * The node to run.
 *
 * @param data the folder of its own
 * @param seeds peers to join through
 * @param lists peer lists to join from
 * @param operator whose policies count, null if nobody's
 * @param policy of the operator, to begin with
 * @param http where a router serves its peer list, null if it does not
 * @param httpOnion whether port 80 of its onion service leads there too
 */
public record NodeRunPlan(
        Path data,
        NetworkId network,
        Role role,
        int port,
        List<Endpoint> seeds,
        List<URI> lists,
        String transport,
        Map<String, String> settings,
        ProofRequirement proof,
        @Nullable PeerId operator,
        @Nullable SignedNetworkPolicy policy,
        @Nullable InetSocketAddress http,
        boolean httpOnion) {
    public NodeRunPlan {
        seeds = List.copyOf(seeds);
        lists = List.copyOf(lists);
        settings = Map.copyOf(settings);
    }
}
