package org.torpeer.node.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.Attributes;
import org.torpeer.api.Endpoint;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.Successor;
import org.torpeer.node.internal.file.FolderLock;
import org.torpeer.node.internal.file.Trouble;
import org.torpeer.node.internal.file.WholeFile;
import org.torpeer.proto.PeerListCodec;
import org.torpeer.proto.RecordCodec;

/**
 * Hands a node's folder over from one key to another. The old key signs its last record, which names the new one; the new
 * one signs that it agrees. The node, started again, runs under the new key and shows that record to its peers for a
 * week, and those that had authenticated the old key follow.
 */
public final class Rotation {
    private static final Logger LOG = LoggerFactory.getLogger(Rotation.class);
    private static final String HANDOVER = "handover";
    /** Most keys before the folder's that peers may still have to follow from. */
    private static final int MAX_PREDECESSORS = 8;
    /** Each with its record of now, and the one it had before. */
    private static final int MAX_FILE_BYTES = 2 * MAX_PREDECESSORS * (RecordCodec.MAX_BYTES + 8);

    private Rotation() {}

    /**
     * Makes the successor the identity of the folder, which no node may use meanwhile. The old identity is kept, see {@link
     * IdentityFile#retired}. Killed at any moment, it leaves the old identity in place or the new one, and can be done
     * again. Keys that handed over to the old one within the last week hand over to the successor as well, so that peers
     * which had not followed by then still do.
     *
     * @param successor another key of the same network, with its own proof; see {@link IdentityMaker#create}
     * @param port the virtual port of the node's service, before and after
     * @param passphrase that of the folder's identity, under which the successor is sealed if the old one is; cleared;
     *     empty if there is none
     * @param now the time
     * @return the last record of the old key
     * @throws WrongPassphraseException if the identity is sealed under another one
     * @throws IdentityException if there is no identity, the successor cannot succeed it, a key that handed over to it
     *     within the last week cannot be read, or is the ninth that did, or a file cannot be written
     * @throws org.torpeer.api.TorPeerException if a node uses the folder
     */
    public static SignedPeerRecord rotate(Path folder, Identity successor, int port, char[] passphrase, Instant now) {
        try (FolderLock lock = FolderLock.take(folder)) {
            LOG.debug("rotating under {}", lock);
            IdentityFile file = IdentityFile.in(folder);
            boolean sealed = file.sealed();
            Identity old = file.load(passphrase.clone());
            requireSuccessor(old, successor);
            SignedPeerRecord handover =
                    handover(old, successor, port, now, floored(now).plus(RecordCodec.MAX_LIFETIME));
            List<SignedPeerRecord> all = new ArrayList<>(List.of(handover));
            for (SignedPeerRecord earlier : towards(old.id(), predecessors(folder, old.network()), now)) {
                // The earlier one counts until the identity is replaced below.
                all.add(earlier);
                all.add(redirected(folder, earlier, successor, port, passphrase, now));
            }
            if (all.size() > 2 * MAX_PREDECESSORS) {
                throw new IdentityException("the key was changed " + MAX_PREDECESSORS
                        + " times within a week: wait for peers to follow, and rotate later");
            }
            WholeFile.write(folder.resolve(HANDOVER), PeerListCodec.encode(all));
            char[] seal = sealed ? passphrase : new char[0];
            IdentityFile.retired(folder, old.id()).write(old, seal);
            file.write(successor, seal);
            return handover;
        } catch (IOException e) {
            throw new IdentityNotKeptException("cannot write to " + folder + ": " + Trouble.of(e), e);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /** The last records of keys before this folder's, as {@link #rotate} left them; none if they cannot be read. */
    public static List<SignedPeerRecord> handovers(Path folder) {
        try {
            return read(folder);
        } catch (IOException | InvalidInputException e) {
            LOG.warn(
                    "{} cannot be read, peers of the old key will not follow: {}",
                    folder.resolve(HANDOVER),
                    e.getMessage());
            return List.of();
        }
    }

    private static List<SignedPeerRecord> read(Path folder) throws IOException {
        Path file = folder.resolve(HANDOVER);
        if (!Files.exists(file)) {
            return List.of();
        }
        return PeerListCodec.decode(WholeFile.read(file, MAX_FILE_BYTES)).stream()
                .filter(last -> last.content().successor() != null)
                .toList();
    }

    /** As {@link #handovers}, but never without those that cannot be read. */
    private static List<SignedPeerRecord> predecessors(Path folder, NetworkId network) {
        Path file = folder.resolve(HANDOVER);
        try {
            List<SignedPeerRecord> all = read(folder);
            if (all.stream().allMatch(record -> RecordCodec.signatureValid(record, network))) {
                return all;
            }
            throw new InvalidInputException("a signature does not hold");
        } catch (IOException | InvalidInputException e) {
            throw new IdentityException(
                    file + " is damaged (" + e.getMessage() + "), so peers that have not followed yet would be lost:"
                            + " delete it to rotate all the same",
                    e);
        }
    }

    /** Those that hand over to a key and still count. */
    public static List<SignedPeerRecord> towards(PeerId key, List<SignedPeerRecord> handovers, Instant now) {
        return handovers.stream()
                .filter(record -> {
                    Successor successor = record.content().successor();
                    return successor != null
                            && successor.key().equals(key)
                            && now.isBefore(record.content().expires());
                })
                .toList();
    }

    /** The handover of a retired key to another successor; who has seen the earlier one keeps that. */
    private static SignedPeerRecord redirected(
            Path folder, SignedPeerRecord earlier, Identity successor, int port, char[] passphrase, Instant now) {
        IdentityFile file = IdentityFile.retired(folder, earlier.peer());
        try {
            Identity retired = file.load(passphrase.clone());
            return handover(retired, successor, port, now, earlier.content().expires());
        } catch (IdentityException e) {
            throw new IdentityException(
                    "peers that have not followed from " + earlier.peer() + " yet would be lost (" + e.getMessage()
                            + "): wait until " + earlier.content().expires() + ", or delete "
                            + folder.resolve(HANDOVER) + " to rotate all the same",
                    e);
        }
    }

    private static void requireSuccessor(Identity old, Identity successor) {
        if (successor.id().equals(old.id())) {
            throw new IdentityException("a key does not succeed itself: make another one");
        }
        if (!successor.network().equals(old.network())) {
            throw new IdentityException("the successor was made for the network '" + successor.network()
                    + "', not for '" + old.network() + "'");
        }
        if (!Work.holds(successor)) {
            throw new IdentityException("the successor's proof does not hold; the identity here is kept");
        }
    }

    private static SignedPeerRecord handover(Identity old, Identity successor, int port, Instant now, Instant expires) {
        Instant issued = floored(now);
        PeerRecord content = new PeerRecord(
                new Endpoint(old.id(), port),
                RecordCodec.HANDOVER_SEQUENCE,
                issued,
                Duration.between(issued, expires),
                PeerState.LEAVING,
                Role.PARTICIPANT,
                List.of(),
                old.proof(),
                Attributes.NONE,
                RecordCodec.consent(successor.key(), old.id(), old.network()));
        return RecordCodec.sign(content, old.network(), old.key());
    }

    private static Instant floored(Instant now) {
        long granularity = RecordCodec.ISSUED_GRANULARITY.toSeconds();
        return Instant.ofEpochSecond(now.getEpochSecond() / granularity * granularity);
    }
}
