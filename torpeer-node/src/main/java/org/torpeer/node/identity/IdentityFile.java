package org.torpeer.node.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.PeerId;
import org.torpeer.api.Proof;
import org.torpeer.node.internal.file.Armor;
import org.torpeer.node.internal.file.Trouble;
import org.torpeer.node.internal.file.WholeFile;
import org.torpeer.proto.StoredCodec;
import org.torpeer.proto.StoredIdentity;
import org.torpeer.proto.key.SealedBytes;

/**
 * The file {@code identity} in a node's folder, readable by its owner alone, and sealed under a passphrase if asked for.
 * Every change is written whole under another name and then moved into place, so that there is never half an identity.
 *
 * <p>A passphrase is an array that is cleared before the method returns, whatever the outcome; an empty one says that
 * there is none.
 */
public final class IdentityFile {
    private static final String NAME = "identity";
    private static final String BACKUP = "IDENTITY BACKUP";
    private static final int RETIRED_NAME_CHARACTERS = 16;

    private final Path path;

    private IdentityFile(Path path) {
        this.path = path;
    }

    /** The identity file of a node's folder, whether or not it exists. */
    public static IdentityFile in(Path folder) {
        return new IdentityFile(folder.resolve(NAME));
    }

    /** Where {@link Rotation} keeps the identity of a key that handed over, whether or not it exists. */
    public static IdentityFile retired(Path folder, PeerId key) {
        String start = key.toString().substring(0, RETIRED_NAME_CHARACTERS);
        return new IdentityFile(folder.resolve(NAME + "-retired-" + start));
    }

    public Path path() {
        return path;
    }

    public boolean exists() {
        return Files.exists(path);
    }

    /**
     * Whether a passphrase is needed.
     *
     * @throws IdentityException if the file is missing or cannot be read
     */
    public boolean sealed() {
        byte[] raw = raw();
        try {
            return SealedBytes.isSealed(raw);
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }

    /** As {@link #load(char[])}, without a passphrase. */
    public Identity load() {
        return load(new char[0]);
    }

    /**
     * @param passphrase ignored if the file is not sealed
     * @throws WrongPassphraseException if the file is sealed under another one
     * @throws IdentityException if the file is missing, cannot be read, or is not an identity
     */
    public Identity load(char[] passphrase) {
        byte[] raw = raw();
        try {
            return decoded(raw, passphrase);
        } finally {
            Arrays.fill(raw, (byte) 0);
            Arrays.fill(passphrase, '\0');
        }
    }

    /** As {@link #create(Identity, char[])}, not sealed. */
    public void create(Identity identity) {
        create(identity, new char[0]);
    }

    /**
     * Writes a new identity; never over another one.
     *
     * @throws IdentityException if there is one already, or it cannot be written
     */
    public void create(Identity identity, char[] passphrase) {
        try {
            refuseIfThere();
            write(identity, passphrase);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /**
     * Puts another passphrase in place of the one there is.
     *
     * @param from empty if the file is not sealed
     * @param to empty if it is not to be sealed any more
     * @throws WrongPassphraseException if the file is sealed under another one
     * @throws IdentityException as {@link #load(char[])}, or if it cannot be written
     */
    public void changePassphrase(char[] from, char[] to) {
        byte[] raw = raw();
        try {
            write(decoded(raw, from), to);
        } finally {
            Arrays.fill(raw, (byte) 0);
            Arrays.fill(from, '\0');
            Arrays.fill(to, '\0');
        }
    }

    /**
     * Puts a better proof in place of the one there is: of another kind, or of more bits. It is verified first.
     *
     * @param better the same key in the same network; see {@link IdentityMaker#raise}
     * @param passphrase that of the file, under which the result is sealed again
     * @throws WrongPassphraseException if the file is sealed under another one
     * @throws IdentityException as {@link #load(char[])}; or if {@code better} is another's or no better, its proof does
     *     not hold, or it cannot be written
     */
    public void raise(Identity better, char[] passphrase) {
        byte[] raw = raw();
        try {
            requireBetter(decoded(raw, passphrase), better);
            write(better, SealedBytes.isSealed(raw) ? passphrase : new char[0]);
        } finally {
            Arrays.fill(raw, (byte) 0);
            Arrays.fill(passphrase, '\0');
        }
    }

    /**
     * Copies the identity, sealed if it is sealed here, into one file of text with a checksum.
     *
     * @throws IdentityException if there is no identity, {@code target} exists, or it cannot be written
     */
    public void backUp(Path target) {
        byte[] raw = raw();
        try {
            requireWhole(raw);
            Armor.create(target, BACKUP, raw);
        } catch (InvalidInputException e) {
            throw new IdentityException("no backup was made: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IdentityNotKeptException("cannot write " + target + ": " + Trouble.of(e), e);
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }

    /**
     * Brings an identity back from a backup; never over another one. A sealed one stays sealed.
     *
     * @throws IdentityException if there is an identity already, the backup is damaged or of something else, or the file
     *     cannot be written
     */
    public void restore(Path backup) {
        refuseIfThere();
        byte[] raw = {};
        try {
            raw = Armor.read(backup, BACKUP);
            requireWhole(raw);
            WholeFile.write(path, raw);
        } catch (InvalidInputException e) {
            throw new IdentityException("nothing was restored: " + e.getMessage(), e);
        } catch (IOException e) {
            throw raw.length == 0
                    ? new IdentityException("cannot read " + backup + ": " + Trouble.of(e), e)
                    : new IdentityNotKeptException("cannot write " + path + ": " + Trouble.of(e), e);
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }

    /** Writes an identity, over the one there is if there is one. */
    void write(Identity identity, char[] passphrase) {
        byte[] bytes = StoredCodec.encode(new StoredIdentity(identity.key(), identity.network(), identity.proof()));
        try {
            SecretFile.write(path, bytes, passphrase);
        } catch (IOException e) {
            throw new IdentityNotKeptException("cannot write " + path + ": " + Trouble.of(e), e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private byte[] raw() {
        try {
            return SecretFile.raw(path);
        } catch (NoSuchFileException e) {
            throw new IdentityException("there is no identity at " + path + ": make one with 'identity create'", e);
        } catch (IOException e) {
            throw new IdentityException("cannot read " + path + ": " + Trouble.of(e), e);
        } catch (InvalidInputException e) {
            throw new IdentityException(e.getMessage(), e);
        }
    }

    private Identity decoded(byte[] raw, char[] passphrase) {
        byte[] secret = {};
        try {
            secret = SecretFile.opened(path, raw, passphrase);
            StoredIdentity stored = StoredCodec.decodeIdentity(secret);
            return new Identity(stored.key(), stored.network(), stored.proof());
        } catch (InvalidInputException e) {
            throw new IdentityException(path + " is damaged (" + e.getMessage() + "): restore it from a backup", e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private void refuseIfThere() {
        if (exists()) {
            throw new IdentityException(path + " exists already; it is kept");
        }
    }

    /** Whether sealed bytes are an identity shows only when they are opened. */
    private static void requireWhole(byte[] raw) {
        if (SealedBytes.isSealed(raw)) {
            SealedBytes.check(raw);
        } else {
            byte[] secret = SecretFile.checked(raw);
            try {
                StoredCodec.decodeIdentity(secret);
            } finally {
                Arrays.fill(secret, (byte) 0);
            }
        }
    }

    private static void requireBetter(Identity stored, Identity better) {
        if (!better.id().equals(stored.id()) || !better.network().equals(stored.network())) {
            throw new IdentityException("the proof is for " + better.id() + " in '" + better.network()
                    + "', not for the identity here, " + stored.id() + " in '" + stored.network() + "'");
        }
        Proof old = stored.proof();
        Proof proof = better.proof();
        boolean sameKind = proof.algorithm().equals(old.algorithm())
                && proof.parameters().equals(old.parameters())
                && proof.epoch() == old.epoch();
        if (sameKind && proof.bits() <= old.bits()) {
            throw new IdentityException(
                    "the proof has " + proof.bits() + " bits, the one here " + old.bits() + " already; it is kept");
        }
        if (!Work.holds(better)) {
            throw new IdentityException("the proof does not hold; the one here is kept");
        }
    }
}
