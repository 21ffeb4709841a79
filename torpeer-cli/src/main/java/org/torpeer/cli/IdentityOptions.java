package org.torpeer.cli;

import java.nio.file.Path;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.identity.IdentityFile;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The identity of a node's folder. */
final class IdentityOptions {
    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The node's folder.")
    private Path data = Path.of("");

    @Mixin
    private PassphraseOptions passphrase = new PassphraseOptions();

    Path data() {
        return data;
    }

    IdentityFile file() {
        return IdentityFile.in(data);
    }

    /** The passphrase, empty if there is none; the caller clears it. */
    char[] passphrase() {
        return passphrase.of(file());
    }

    Identity load() {
        return file().load(passphrase());
    }
}
