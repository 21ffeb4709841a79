package org.torpeer.node.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.Attributes;
import org.torpeer.api.Endpoint;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.node.internal.file.FolderLock;
import org.torpeer.node.internal.file.WholeFile;
import org.torpeer.proto.RecordCodec;

/**
 * Hands a node's folder over from one key to another. The old key signs its last record, which names the new one; the new
 * one signs that it agrees. The node, started again, runs under the new key and shows that record to its peers for a
 * week, and those that had authenticated the old key follow.
 */
public final class Rotation {
    private static final Logger LOG = LoggerFactory.getLogger(Rotation.class);
    private static final String HANDOVER = "handover";

    private Rotation() {}

    /**
     * Makes the successor the identity of the folder, which no node may use meanwhile. The old identity is kept, see {@link
     * IdentityFile#retired}. Killed at any moment, it leaves the old identity in place or the new one, and can be done
     * again. Who hands over twice within a week loses the peers that had not followed by then.
     *
     * @param successor another key of the same network, with its own proof; see {@link IdentityMaker#create}
     * @param port the virtual port of the node's service, before and after
     * @param passphrase that of the folder's identity, under which the successor is sealed if the old one is; cleared;
     *     empty if there is none
     * @param now the time
     * @return the last record of the old key
     * @throws WrongPassphraseException if the identity is sealed under another one
     * @throws IdentityException if there is no identity, the successor cannot succeed it, or a file cannot be written
     * @throws org.torpeer.api.TorPeerException if a node uses the folder
     */
    public static SignedPeerRecord rotate(Path folder, Identity successor, int port, char[] passphrase, Instant now) {
        try (FolderLock lock = FolderLock.take(folder)) {
            LOG.debug("rotating under {}", lock);
            IdentityFile file = IdentityFile.in(folder);
            boolean sealed = file.sealed();
            Identity old = file.load(passphrase.clone());
            requireSuccessor(old, successor);
            SignedPeerRecord handover = handover(old, successor, port, now);
            WholeFile.write(folder.resolve(HANDOVER), RecordCodec.encode(handover));
            char[] seal = sealed ? passphrase : new char[0];
            IdentityFile.retired(folder, old.id()).write(old, seal);
            file.write(successor, seal);
            return handover;
        } catch (IOException e) {
            throw new IdentityException("cannot write to " + folder + ": " + e.getMessage(), e);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /** The last record of the key before this folder's, if there was one; a file that cannot be read is left out. */
    public static Optional<SignedPeerRecord> handover(Path folder) {
        Path file = folder.resolve(HANDOVER);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            SignedPeerRecord record = RecordCodec.decode(WholeFile.read(file, RecordCodec.MAX_BYTES));
            return Optional.of(record).filter(last -> last.content().successor() != null);
        } catch (IOException | InvalidInputException e) {
            LOG.warn("{} cannot be read, peers of the old key will not follow: {}", file, e.getMessage());
            return Optional.empty();
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

    private static SignedPeerRecord handover(Identity old, Identity successor, int port, Instant now) {
        long granularity = RecordCodec.ISSUED_GRANULARITY.toSeconds();
        PeerRecord content = new PeerRecord(
                new Endpoint(old.id(), port),
                RecordCodec.HANDOVER_SEQUENCE,
                Instant.ofEpochSecond(now.getEpochSecond() / granularity * granularity),
                RecordCodec.MAX_LIFETIME,
                PeerState.LEAVING,
                Role.PARTICIPANT,
                List.of(),
                old.proof(),
                Attributes.NONE,
                RecordCodec.consent(successor.key(), old.id(), old.network()));
        return RecordCodec.sign(content, old.network(), old.key());
    }
}
