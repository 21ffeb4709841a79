package org.torpeer.transport.tor.internal;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.OperationCancelledException;
import org.torpeer.api.spi.transport.TransportException;

/**
 * A tor to start.
 *
 * @param executable the program
 * @param environment what its process needs beside what it inherits
 */
public record TorBinary(Path executable, Map<String, String> environment) {
    private static final String PACKAGED = "kmptor/linux/x64/";
    private static final List<String> PACKAGED_FILES =
            List.of("tor", "libcrypto.so.1.1", "libssl.so.1.1", "libevent-2.1.so.7", "libstdc++.so.6");
    private static final String INSTALL = "install your system's package named 'tor'";
    private static final Pattern VERSION =
            Pattern.compile("Tor version (\\d{1,5})\\.(\\d{1,5})\\.(\\d{1,5})\\.(\\d{1,5})");
    private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(10);

    public TorBinary {
        environment = Map.copyOf(environment);
    }

    /**
     * A program of the caller's.
     *
     * @throws TransportException with failure LOCAL if there is no such program
     */
    public static TorBinary at(Path executable) {
        if (!Files.isExecutable(executable) || Files.isDirectory(executable)) {
            throw Local.failure("there is no program at " + executable + "; " + INSTALL + " or give the path of a tor");
        }
        return new TorBinary(executable.toAbsolutePath(), Map.of());
    }

    /**
     * The tor on the {@code PATH}.
     *
     * @throws TransportException with failure LOCAL if there is none
     */
    public static TorBinary ofSystem() {
        return onPath().orElseThrow(() -> Local.failure("no program named tor is on the PATH; " + INSTALL));
    }

    /**
     * The tor that came with this module, unpacked into a folder; where none came for this platform, the system's.
     *
     * @throws TransportException with failure LOCAL if there is neither, or it cannot be unpacked
     */
    public static TorBinary packaged(Path folder) {
        if (!isPackagedPlatform() || resource("tor") == null) {
            return onPath().orElseThrow(() -> Local.failure("no tor is packaged for " + System.getProperty("os.name")
                    + " on " + System.getProperty("os.arch") + "; " + INSTALL));
        }
        try {
            Folders.makePrivate(folder);
            for (String file : PACKAGED_FILES) {
                unpack(file, folder);
            }
        } catch (IOException e) {
            throw Local.failure("the packaged tor cannot be unpacked into " + folder + ": " + e.getMessage(), e);
        }
        return new TorBinary(
                folder.resolve("tor").toAbsolutePath(),
                Map.of("LD_LIBRARY_PATH", folder.toAbsolutePath().toString()));
    }

    /**
     * Asks the program for its version.
     *
     * @throws TransportException with failure LOCAL if it does not answer as tor does
     */
    public TorVersion version() {
        try {
            Process process = new ProcessBuilder(executable.toString(), "--version")
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            try {
                if (!process.waitFor(VERSION_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw Local.failure(executable + " --version does not end; is it tor?");
                }
                byte[] head = process.getInputStream().readNBytes(4096);
                Matcher version = VERSION.matcher(new String(head, StandardCharsets.UTF_8));
                if (!version.find()) {
                    throw Local.failure(executable + " --version does not answer as tor does; is it tor?");
                }
                return new TorVersion(
                        Integer.parseInt(version.group(1)),
                        Integer.parseInt(version.group(2)),
                        Integer.parseInt(version.group(3)),
                        Integer.parseInt(version.group(4)));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw Local.failure(executable + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("interrupted while waiting for tor");
        }
    }

    private static Optional<TorBinary> onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        for (String folder : path.split(Pattern.quote(File.pathSeparator), -1)) {
            Path candidate = Path.of(folder, "tor");
            if (!folder.isEmpty() && Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
                return Optional.of(new TorBinary(candidate.toAbsolutePath(), Map.of()));
            }
        }
        return Optional.empty();
    }

    private static boolean isPackagedPlatform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return system.contains("linux") && (processor.equals("amd64") || processor.equals("x86_64"));
    }

    private static @Nullable InputStream resource(String file) {
        return TorBinary.class.getClassLoader().getResourceAsStream(PACKAGED + file + ".gz");
    }

    /** A file is there whole or not at all; gzip's checksum covers what was read. */
    private static void unpack(String file, Path folder) throws IOException {
        InputStream packed = resource(file);
        if (packed == null) {
            throw new IOException("its file " + file + " is missing from the package");
        }
        Path partial = Files.createTempFile(folder, file, ".part");
        try (InputStream in = new GZIPInputStream(packed, 1 << 16)) {
            Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!partial.toFile().setExecutable(true, true)) {
            throw new IOException(partial + " cannot be made executable");
        }
        Files.move(partial, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }
}
