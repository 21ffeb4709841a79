package org.torpeer.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.cli.terminal.Terminal;
import org.torpeer.node.identity.IdentityDraft;
import org.torpeer.node.identity.IdentityFile;
import picocli.CommandLine.Option;

/**
 * Where the passphrase of an identity, or of an operator's key, comes from: a file, or whoever sits at the terminal. Never the command line, which
 * others on the machine can read. Arrays returned belong to the caller, who clears them.
 */
final class PassphraseOptions {
    private static final int MAX_BYTES = 1024;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description =
                    "The passphrase is the first line of this file. Without it, that of a sealed file is asked for"
                            + " on the terminal.")
    private @Nullable Path file;

    /** The passphrase of what is there; empty if it is not sealed. */
    char[] of(IdentityFile identity) {
        return identity.sealed() ? of(identity.path()) : new char[0];
    }

    /**
     * The passphrase for an identity to be made: that of its beginning, if there is one and it is sealed.
     *
     * @param asked whether one is to be asked for otherwise, where there is no file
     */
    char[] of(IdentityDraft draft, boolean asked) {
        return draft.sealed() ? of(draft.path()) : fresh(asked);
    }

    /** The passphrase of a file that is sealed. */
    char[] of(Path sealed) {
        return file == null ? ask("passphrase of " + sealed + ": ") : read(file);
    }

    /**
     * The passphrase for something new; empty if there is to be none.
     *
     * @param asked whether one is to be asked for where there is no file
     */
    char[] fresh(boolean asked) {
        if (file != null) {
            return read(file);
        }
        if (!asked) {
            return new char[0];
        }
        char[] first = ask("new passphrase: ");
        char[] second = ask("once more: ");
        try {
            if (!Arrays.equals(first, second)) {
                throw new InvalidInputException("the two passphrases differ: nothing was done");
            }
            return first.clone();
        } finally {
            Arrays.fill(first, '\0');
            Arrays.fill(second, '\0');
        }
    }

    private static char[] ask(String prompt) {
        char[] answer = Terminal.secret(prompt)
                .orElseThrow(() -> new InvalidInputException(
                        "a passphrase is needed and there is no terminal to ask on: give --passphrase-file FILE"));
        if (answer.length == 0) {
            throw new InvalidInputException("a passphrase is not empty");
        }
        return answer;
    }

    private static char[] read(Path file) {
        byte[] bytes = {};
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new InvalidInputException(
                        "the passphrase file " + file + " is longer than " + MAX_BYTES + " bytes");
            }
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            char[] line = firstLine(text);
            Arrays.fill(text.array(), '\0');
            if (line.length == 0) {
                throw new InvalidInputException("the passphrase file " + file + " begins with an empty line");
            }
            return line;
        } catch (CharacterCodingException e) {
            throw new InvalidInputException("the passphrase file " + file + " is not text in UTF-8", e);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read the passphrase file " + file, e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static char[] firstLine(CharBuffer text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        char[] line = new char[end];
        text.get(line);
        return line;
    }
}
