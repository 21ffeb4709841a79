package org.torpeer.transport.tor.internal;

import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.torpeer.api.InvalidInputException;

/** The settings of the transport named {@code tor}, checked. */
final class TorSettings {
    static final Set<String> NAMES =
            Set.of("control", "password", "cookie", "socks", "service-dir", "service-target", "binary", "force-old");

    private static final Set<String> OF_CONTROL = Set.of("password", "cookie");
    private static final Set<String> OF_OWNED = Set.of("binary", "force-old");

    private final Map<String, String> values;

    private TorSettings(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @throws InvalidInputException if a name is unknown, a value malformed, or settings contradict each other
     */
    static TorSettings of(Map<String, String> values) {
        TorSettings settings = new TorSettings(values);
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(NAMES);
        if (!unknown.isEmpty()) {
            throw invalid("unknown: " + String.join(", ", unknown));
        }
        values.forEach(TorSettings::requirePrintable);
        settings.requireSound();
        return settings;
    }

    Optional<InetSocketAddress> control() {
        return address("control");
    }

    Optional<InetSocketAddress> socks() {
        return address("socks");
    }

    ControlCredentials credentials() {
        return ControlCredentials.of(values.getOrDefault("password", ""), values.getOrDefault("cookie", ""));
    }

    Optional<Path> serviceFolder() {
        return path("service-dir");
    }

    Optional<InetSocketAddress> serviceTarget() {
        return address("service-target");
    }

    Optional<Path> binary() {
        return path("binary");
    }

    boolean forceOld() {
        return Boolean.parseBoolean(values.get("force-old"));
    }

    /** Whether a tor is to be started. */
    boolean owned() {
        return control().isEmpty() && socks().isEmpty();
    }

    private void requireSound() {
        List.of("control", "socks", "service-target").forEach(this::address);
        List.of("cookie", "service-dir", "binary").forEach(this::path);
        if (!List.of("true", "false").contains(values.getOrDefault("force-old", "false"))) {
            throw invalid("force-old is true or false");
        }
        if (control().isEmpty() && values.keySet().stream().anyMatch(OF_CONTROL::contains)) {
            throw invalid("password and cookie are for control, which is not set");
        }
        if (!owned() && values.keySet().stream().anyMatch(OF_OWNED::contains)) {
            throw invalid("binary and force-old are for a tor that is started, control and socks for one that runs");
        }
        if (serviceFolder().isPresent() != serviceTarget().isPresent()) {
            throw invalid("service-dir and service-target go together");
        }
        if (serviceFolder().isPresent() && owned()) {
            throw invalid("service-dir is for a tor that runs: set socks or control too");
        }
    }

    private Optional<InetSocketAddress> address(String name) {
        try {
            return Optional.ofNullable(values.get(name)).map(text -> Literal.parse(text, name));
        } catch (InvalidInputException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Path> path(String name) {
        try {
            return Optional.ofNullable(values.get(name)).map(Path::of);
        } catch (InvalidPathException e) {
            throw invalid(name + " is a path, not '" + values.get(name) + "'");
        }
    }

    private static void requirePrintable(String name, String value) {
        if (value.isEmpty() || value.chars().anyMatch(Character::isISOControl)) {
            throw invalid(name + " is empty or holds a control character");
        }
    }

    private static InvalidInputException invalid(String problem) {
        return new InvalidInputException(
                "settings of the transport tor: " + problem + "; there are " + String.join(", ", new TreeSet<>(NAMES)));
    }
}
