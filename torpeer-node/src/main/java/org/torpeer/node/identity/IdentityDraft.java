package org.torpeer.node.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerId;
import org.torpeer.api.Proof;
import org.torpeer.api.ProofRequirement;
import org.torpeer.node.internal.file.Trouble;
import org.torpeer.proto.StoredCodec;
import org.torpeer.proto.StoredIdentity;
import org.torpeer.proto.key.SealedBytes;

/**
 * A key in a node's folder whose proof is still being worked for, so that work that was stopped or killed goes on with the
 * same key. Two files: the key, kept as {@link IdentityFile} keeps it, and a checkpoint of the search. Passphrases are as
 * those of {@link IdentityFile}.
 */
public final class IdentityDraft {
    private static final byte[] MAGIC = "TorPeer-draft\1".getBytes(StandardCharsets.US_ASCII);

    private final Path path;

    private IdentityDraft(Path path) {
        this.path = path;
    }

    /** The draft of a folder's first identity, whether or not it exists. */
    public static IdentityDraft of(Path folder) {
        return new IdentityDraft(folder.resolve("identity-draft"));
    }

    /** The draft of the identity that a folder's hands over to, whether or not it exists. */
    public static IdentityDraft ofSuccessor(Path folder) {
        return new IdentityDraft(folder.resolve("successor-draft"));
    }

    public Path path() {
        return path;
    }

    /** How far the search has come; there once it began. */
    Path checkpoint() {
        return path.resolveSibling(path.getFileName() + "-checkpoint");
    }

    public boolean exists() {
        return Files.exists(path);
    }

    /**
     * Whether it is there and a passphrase is needed.
     *
     * @throws IdentityException if it cannot be read
     */
    public boolean sealed() {
        if (!exists()) {
            return false;
        }
        byte[] raw = raw();
        try {
            return SealedBytes.isSealed(raw);
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }

    /**
     * Discards a draft of a key that is in use already: whoever kept that was killed before it could.
     *
     * @param passphrase of the draft, empty if there is none; cleared
     * @throws WrongPassphraseException if it is sealed under another passphrase
     * @throws IdentityException if it is damaged, or cannot be read or deleted
     */
    public void discardIfOf(PeerId used, char[] passphrase) {
        try {
            if (exists() && decoded(passphrase).key().id().equals(used)) {
                discard();
            }
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /** The work is done, or is to begin anew with another key. */
    public void discard() {
        try {
            Files.deleteIfExists(checkpoint());
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new IdentityNotKeptException("cannot delete " + path + ": " + Trouble.of(e), e);
        }
    }

    /**
     * The key to work for: that of the draft if there is one, which is sealed under the passphrase if it was not; otherwise
     * one that is kept as a draft from now on. Where the draft was begun for another kind of proof, its search begins
     * anew.
     *
     * @param fresh makes or gives the key; of a draft that exists, another than it gives is refused if {@code given}
     * @throws WrongPassphraseException if the draft is sealed under another passphrase
     * @throws IdentityException if it is damaged, of another network, or of another key, or cannot be written
     */
    OnionKey keyFor(
            NetworkId network, ProofRequirement wanted, Supplier<OnionKey> fresh, boolean given, char[] passphrase) {
        try {
            if (!exists()) {
                // Of a draft that was deleted, as our own messages advise.
                Files.deleteIfExists(checkpoint());
                return begun(fresh.get(), network, wanted, passphrase);
            }
            boolean open = !sealed();
            StoredIdentity draft = decoded(passphrase);
            requireSame(draft, network, given ? fresh.get() : draft.key());
            boolean otherKind = !wanted.sameKind(draft.proof())
                    || wanted.epoch() != draft.proof().epoch();
            if (otherKind) {
                Files.deleteIfExists(checkpoint());
            }
            return otherKind || (open && passphrase.length > 0)
                    ? begun(draft.key(), network, wanted, passphrase)
                    : draft.key();
        } catch (IOException e) {
            throw new IdentityNotKeptException("cannot write " + path + ": " + Trouble.of(e), e);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /** The proof of a draft says what is worked for, and does not hold. */
    private OnionKey begun(OnionKey key, NetworkId network, ProofRequirement wanted, char[] passphrase)
            throws IOException {
        Proof sought = new Proof(wanted.algorithm(), wanted.parameters(), wanted.minimumBits(), 0, wanted.epoch());
        byte[] identity = StoredCodec.encode(new StoredIdentity(key, network, sought));
        byte[] secret = Arrays.copyOf(MAGIC, MAGIC.length + identity.length);
        System.arraycopy(identity, 0, secret, MAGIC.length, identity.length);
        try {
            SecretFile.write(path, secret, passphrase);
            return key;
        } finally {
            Arrays.fill(identity, (byte) 0);
            Arrays.fill(secret, (byte) 0);
        }
    }

    private void requireSame(StoredIdentity draft, NetworkId network, OnionKey key) {
        if (!draft.network().equals(network)) {
            throw new IdentityException(path + " is the beginning of an identity for the network '" + draft.network()
                    + "', not for '" + network + "': delete it to begin anew, or use another folder");
        }
        if (!draft.key().id().equals(key.id())) {
            throw new IdentityException(path + " is the beginning of an identity with the key "
                    + draft.key().id() + ", not " + key.id() + ": delete it to begin anew, or use another folder");
        }
    }

    private StoredIdentity decoded(char[] passphrase) {
        byte[] raw = raw();
        byte[] secret = {};
        try {
            secret = SecretFile.opened(path, raw, passphrase);
            if (secret.length < MAGIC.length || !Arrays.equals(secret, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
                throw new IdentityException(path + " is not the beginning of an identity: move it away");
            }
            return StoredCodec.decodeIdentity(Arrays.copyOfRange(secret, MAGIC.length, secret.length));
        } catch (InvalidInputException e) {
            throw new IdentityException(path + " is damaged (" + e.getMessage() + "): delete it to begin anew", e);
        } finally {
            Arrays.fill(raw, (byte) 0);
            Arrays.fill(secret, (byte) 0);
        }
    }

    private byte[] raw() {
        try {
            return SecretFile.raw(path);
        } catch (IOException e) {
            throw new IdentityException("cannot read " + path + ": " + Trouble.of(e), e);
        } catch (InvalidInputException e) {
            throw new IdentityException(e.getMessage(), e);
        }
    }
}
