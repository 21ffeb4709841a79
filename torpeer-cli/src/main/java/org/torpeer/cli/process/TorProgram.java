package org.torpeer.cli.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.OperationCancelledException;

/** A file that is said to be a tor. */
public final class TorProgram {
    private static final long PATIENCE_SECONDS = 10;
    private static final int FIRST_BYTES = 1024;
    private static final String EXPECTED = "Tor version ";

    private TorProgram() {}

    /**
     * Has it say its version, before much is begun with it.
     *
     * @throws InvalidInputException if it cannot be run, or says something else or nothing
     */
    public static void check(Path tor) {
        if (!Files.isRegularFile(tor) || !Files.isExecutable(tor)) {
            throw new InvalidInputException(tor + " is no program that can be run: give the path of a tor");
        }
        try {
            Process process = new ProcessBuilder(tor.toAbsolutePath().toString(), "--version")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw notTor(tor, "did not end in " + PATIENCE_SECONDS + " s");
            }
            byte[] said = process.getInputStream().readNBytes(FIRST_BYTES);
            if (process.exitValue() != 0 || !new String(said, StandardCharsets.US_ASCII).contains(EXPECTED)) {
                throw notTor(tor, "did not say '" + EXPECTED + "...' and ended with " + process.exitValue());
            }
        } catch (IOException e) {
            throw new InvalidInputException(tor + " cannot be run: is it a program for this machine?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("interrupted");
        }
    }

    private static InvalidInputException notTor(Path tor, String why) {
        return new InvalidInputException(tor + " is not a tor that works here: '" + tor + " --version' " + why);
    }
}
