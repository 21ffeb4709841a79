package org.torpeer.api.lookup;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.torpeer.api.spi.NamedProvider;
import org.torpeer.api.spi.pow.Miner;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.store.PeerStoreProvider;
import org.torpeer.api.spi.transport.TransportProvider;

/**
 * The providers of one kind that the module path or class path holds, by name. A provider that cannot be loaded is
 * listed in {@link #problems()} and otherwise left out.
 *
 * @param <P> the kind
 */
public final class Providers<P extends NamedProvider> {
    private static final Map<String, String> KNOWN_MODULES = Map.of(
            "transport tor", "torpeer-transport-tor",
            "transport loopback", "torpeer-transport-loopback",
            "proof-of-work algorithm sha256", "torpeer-pow",
            "proof-of-work algorithm scrypt", "torpeer-pow",
            "miner kernel", "torpeer-pow",
            "peer store mvstore", "torpeer-node",
            "peer store memory", "torpeer-node",
            "sweep engine local", "torpeer-sim",
            "sweep engine hazelcast", "torpeer-sim-hazelcast");

    /** A class loader may fail the same way for ever. */
    private static final int MAX_PROBLEMS = 64;

    private final String kind;
    private final Map<String, P> byName = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    Providers(String kind, Iterator<P> found) {
        this.kind = kind;
        while (problems.size() < MAX_PROBLEMS) {
            try {
                if (!found.hasNext()) {
                    return;
                }
                P provider = found.next();
                if (byName.putIfAbsent(provider.name(), provider) != null) {
                    problems.add("two providers are named " + provider.name() + "; "
                            + provider.getClass().getName() + " is not used");
                }
            } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
    }

    public static Providers<TransportProvider> transports() {
        return new Providers<>(
                "transport", ServiceLoader.load(TransportProvider.class).iterator());
    }

    public static Providers<PowAlgorithm> powAlgorithms() {
        return new Providers<>(
                "proof-of-work algorithm",
                ServiceLoader.load(PowAlgorithm.class).iterator());
    }

    public static Providers<Miner> miners() {
        return new Providers<>("miner", ServiceLoader.load(Miner.class).iterator());
    }

    public static Providers<PeerStoreProvider> peerStores() {
        return new Providers<>(
                "peer store", ServiceLoader.load(PeerStoreProvider.class).iterator());
    }

    /**
     * Providers of a kind that another module defines.
     *
     * @param kind what they are called in errors
     * @param found the module that makes it declares that it uses them
     */
    public static <P extends NamedProvider> Providers<P> of(String kind, ServiceLoader<P> found) {
        return new Providers<>(kind, found.iterator());
    }

    /**
     * @throws ProviderNotFoundException if there is none of that name
     */
    public P require(String name) {
        P provider = byName.get(name);
        if (provider == null) {
            throw new ProviderNotFoundException(explain(name));
        }
        return provider;
    }

    /** The names there are, in order. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** One line for each provider that could not be used. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    private String explain(String name) {
        StringBuilder text = new StringBuilder("there is no " + kind + " named '" + name + "'");
        text.append(byName.isEmpty() ? "; none is present" : "; there is " + String.join(", ", byName.keySet()));
        String module = KNOWN_MODULES.get(kind + " " + name);
        if (module != null) {
            text.append("; add the module ").append(module);
        }
        for (String problem : problems) {
            text.append("; not usable: ").append(problem);
        }
        return text.toString();
    }
}
