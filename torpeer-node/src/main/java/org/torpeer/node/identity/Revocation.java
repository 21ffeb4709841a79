package org.torpeer.node.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.torpeer.api.Attributes;
import org.torpeer.api.Endpoint;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.node.internal.file.Armor;
import org.torpeer.node.internal.file.Trouble;
import org.torpeer.proto.RecordCodec;

/**
 * Certificates that give a key up for good. Made in advance and kept apart from the key, so that whoever loses the key,
 * or has it stolen, can still publish the certificate: see {@link org.torpeer.api.Node#publish(SignedPeerRecord)}.
 */
public final class Revocation {
    private static final String KIND = "REVOCATION";

    private Revocation() {}

    /** The identity's certificate; always the same one. Whoever has it can end the identity. */
    public static SignedPeerRecord certificate(Identity identity) {
        PeerRecord content = new PeerRecord(
                new Endpoint(identity.id(), Endpoint.DEFAULT_PORT),
                RecordCodec.REVOKED_SEQUENCE,
                Instant.EPOCH,
                Duration.ofSeconds(1),
                PeerState.REVOKED,
                Role.PARTICIPANT,
                List.of(),
                identity.proof(),
                Attributes.NONE);
        return RecordCodec.sign(content, identity.network(), identity.key());
    }

    /**
     * Writes a certificate to a file that was not there before, readable by its owner alone.
     *
     * @throws IdentityException if the file exists or cannot be written
     */
    public static void write(SignedPeerRecord certificate, Path file) {
        try {
            Armor.create(file, KIND, RecordCodec.encode(certificate));
        } catch (InvalidInputException e) {
            throw new IdentityException(e.getMessage(), e);
        } catch (IOException e) {
            throw new IdentityNotKeptException("cannot write " + file + ": " + Trouble.of(e), e);
        }
    }

    /**
     * Reads a certificate; whether it is genuine shows when a node of its network takes it.
     *
     * @throws IdentityException if the file cannot be read, is damaged, or holds something else
     */
    public static SignedPeerRecord read(Path file) {
        try {
            SignedPeerRecord record = RecordCodec.decode(Armor.read(file, KIND));
            if (record.content().state() != PeerState.REVOKED) {
                throw new IdentityException(file + " holds a record that revokes nothing");
            }
            return record;
        } catch (InvalidInputException e) {
            throw new IdentityException("no revocation can be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IdentityException("cannot read " + file + ": " + Trouble.of(e), e);
        }
    }
}
