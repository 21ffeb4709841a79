package org.torpeer.node.policy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.PeerId;
import org.torpeer.api.SignedNetworkPolicy;
import org.torpeer.api.TorPeerException;
import org.torpeer.node.internal.file.Armor;
import org.torpeer.node.internal.file.Trouble;
import org.torpeer.proto.PolicyCodec;

/** Signed policies as files of text with a checksum, for an operator to publish and a newcomer to begin with. */
public final class PolicyFile {
    private static final String KIND = "NETWORK POLICY";

    private PolicyFile() {}

    /**
     * Writes a policy to a file that was not there before.
     *
     * @throws InvalidInputException if the file exists
     * @throws TorPeerException if it cannot be written
     */
    public static void write(SignedNetworkPolicy policy, Path file) {
        try {
            Armor.create(file, KIND, PolicyCodec.encode(policy));
        } catch (IOException e) {
            throw new TorPeerException("cannot write " + file + ": " + Trouble.of(e), e);
        }
    }

    /**
     * Reads a policy whose signature nobody has looked at yet, as a node of its network does that it is published with.
     *
     * @throws InvalidInputException if the file cannot be read, is damaged, or holds something else
     */
    public static SignedNetworkPolicy read(Path file) {
        try {
            return PolicyCodec.decode(Armor.read(file, KIND));
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + file + ": " + Trouble.of(e), e);
        }
    }

    /**
     * @throws InvalidInputException if the file cannot be read, is damaged, holds something else, or the operator did not
     *     sign it for the network
     */
    public static SignedNetworkPolicy read(Path file, NetworkId network, PeerId operator) {
        SignedNetworkPolicy policy = read(file);
        if (!PolicyCodec.signatureValid(policy, network, operator)) {
            throw new InvalidInputException(file + " was not signed by the operator "
                    + HexFormat.of().formatHex(operator.toBytes()) + " for the network '" + network + "'");
        }
        return policy;
    }
}
