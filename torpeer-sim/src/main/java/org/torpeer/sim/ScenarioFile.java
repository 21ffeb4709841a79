package org.torpeer.sim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.transport.loopback.Latency;
import org.torpeer.transport.loopback.LinkModel;

/**
 * Scenarios as text: lines of {@code key = value}, comments after {@code #}, UTF-8. Whatever is left out has a default;
 * what the keys {@code churn.*}, {@code partition.*}, {@code routers.*}, {@code books.*} and {@code adversary.*} are about is
 * there if there is any of them.
 */
public final class ScenarioFile {
    /** What a file's name ends with, which is not part of the scenario's. */
    public static final String EXTENSION = ".scenario";

    private static final List<String> BUILT_IN =
            List.of("bootstrap", "churn", "partition", "flash-crowd", "eclipse", "sybil", "flood", "dead-routers");
    private static final int MOST_PER_ROUTER = 1_000_000;

    /** What is wrong with a run that lasts no time. */
    static final String NO_TIME = "a run lasts longer than nothing";

    private static final String KEYS = "all-keys";

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private ScenarioFile() {}

    /**
     * @throws InvalidInputException if the file cannot be read or is wrong; the message names the line and the key
     */
    public static Scenario read(Path file) {
        String name = String.valueOf(file.getFileName());
        return scenario(
                name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name,
                KeyValueText.read(file));
    }

    /**
     * @param name what the scenario is called, and its text in errors
     * @throws InvalidInputException if the text is wrong; the message names the line and the key
     */
    public static Scenario parse(String name, String text) {
        return scenario(name, KeyValueText.parse(text, name));
    }

    /**
     * A scenario from its settings, as {@link #settings} gives them.
     *
     * @param source where they are from, for errors
     * @throws InvalidInputException if one of them is wrong; the message names its key
     */
    public static Scenario of(String name, Map<String, String> settings, String source) {
        Map<String, Settings.Entry> entries = new LinkedHashMap<>();
        settings.forEach((key, value) -> entries.put(key, KeyValueText.entry(key, value, source)));
        return scenario(name, entries);
    }

    /**
     * A built-in scenario by its name, or one from a file.
     *
     * @throws InvalidInputException if it is neither, or the file is wrong
     */
    public static Scenario find(String nameOrFile) {
        if (BUILT_IN.contains(nameOrFile)) {
            return Scenario.named(nameOrFile);
        }
        boolean file = nameOrFile.endsWith(EXTENSION) || nameOrFile.contains("/") || nameOrFile.contains("\\");
        Path path = path(nameOrFile);
        return file || Files.isRegularFile(path) ? read(path) : Scenario.named(nameOrFile);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidInputException("'" + text + "' cannot be the name of a file here", e);
        }
    }

    /**
     * A time such as {@code 90 s}, {@code 5 min} or {@code 2 h}.
     *
     * @throws InvalidInputException if the text is none
     */
    public static Duration time(String text) {
        return Quantities.time(text);
    }

    /** The names of the scenarios that come with the simulator. */
    public static List<String> builtIn() {
        return BUILT_IN;
    }

    /**
     * The file of a built-in scenario, comments included.
     *
     * @throws InvalidInputException if there is none of that name; the message lists those there are
     */
    public static String text(String name) {
        if (!BUILT_IN.contains(name)) {
            throw new InvalidInputException(
                    "there is no scenario '" + name + "'; there is " + String.join(", ", BUILT_IN));
        }
        return resource(name);
    }

    /** Every key there is, with its default and what it is about, as lines of a scenario's file. */
    public static String keys() {
        return resource(KEYS);
    }

    private static String resource(String name) {
        try (@Nullable InputStream in = ScenarioFile.class.getResourceAsStream("scenarios/" + name + EXTENSION)) {
            if (in == null) {
                throw new IllegalStateException("the scenario " + name + " is missing in this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the scenario " + name + " cannot be read", e);
        }
    }

    /** All that a scenario says, key by key; nothing is left to defaults. */
    public static Map<String, String> settings(Scenario scenario) {
        Map<String, String> all = new LinkedHashMap<>();
        if (!scenario.about().isEmpty()) {
            all.put("about", scenario.about());
        }
        all.put("nodes", String.valueOf(scenario.nodes()));
        all.put("nodes-per-router", String.valueOf(scenario.nodesPerRouter()));
        all.put("arrivals", Quantities.text(scenario.arrivals()));
        all.put("clock-skew", Quantities.text(scenario.clockSkew()));
        all.put("enough", String.valueOf(scenario.enough()));
        all.put("settles", Quantities.text(scenario.settles()));
        all.put("lasts", Quantities.text(scenario.lasts()));
        LinkModel links = scenario.links();
        all.put("links.connect", Quantities.text(links.connect()));
        all.put("links.round-trip", Quantities.text(links.roundTrip()));
        all.put("links.dial-failure", String.valueOf(links.dialFailure()));
        all.put("links.bytes-per-second", String.valueOf(links.bytesPerSecond()));
        all.put("links.mean-lifetime", Quantities.text(links.meanLifetime()));
        Churn churn = scenario.churn();
        if (churn != null) {
            all.put("churn.begins", Quantities.text(churn.begins()));
            all.put("churn.session", Quantities.text(churn.session()));
            all.put("churn.absence", Quantities.text(churn.absence()));
            all.put("churn.keeps-state", String.valueOf(churn.keepsState()));
        }
        Partition partition = scenario.partition();
        if (partition != null) {
            all.put("partition.begins", Quantities.text(partition.begins()));
            all.put("partition.heals", Quantities.text(partition.heals()));
            all.put("partition.share", String.valueOf(partition.share()));
        }
        RouterLoss loss = scenario.routerLoss();
        if (loss != null) {
            all.put("routers.die", Quantities.text(loss.at()));
            all.put("routers.share", String.valueOf(loss.share()));
        }
        Books books = scenario.books();
        if (books != null) {
            all.put("books.new-buckets", String.valueOf(books.newBuckets()));
            all.put("books.tried-buckets", String.valueOf(books.triedBuckets()));
            all.put("books.mature", String.valueOf(books.mature()));
            all.put("books.routers-mature", String.valueOf(books.routersMature()));
        }
        Adversary adversary = scenario.adversary();
        if (adversary != null) {
            AdversarySettings.put(adversary, all);
        }
        return all;
    }

    static Scenario scenario(String name, Map<String, Settings.Entry> entries) {
        Settings settings = new Settings(entries);
        Duration lasts = settings.time("lasts", HOUR.multipliedBy(2));
        if (lasts.isZero()) {
            throw settings.conflict("lasts", NO_TIME);
        }
        Duration settles = settings.time("settles", lasts.compareTo(MINUTE) < 0 ? lasts : MINUTE);
        Scenario scenario = new Scenario(
                name,
                settings.text("about", ""),
                (int) settings.count("nodes", RunPlan.MIN_NODES, RunPlan.MAX_NODES, 100),
                (int) settings.count("nodes-per-router", 2, MOST_PER_ROUTER, 200),
                settings.time("arrivals", MINUTE.multipliedBy(5)),
                links(settings),
                settings.time("clock-skew", MINUTE.multipliedBy(2)),
                churn(settings),
                partition(settings),
                routerLoss(settings),
                books(settings),
                AdversarySettings.adversary(settings),
                enough(settings),
                settles.compareTo(lasts) > 0 ? lasts : settles,
                lasts);
        settings.nothingElse("all keys: sim show --keys");
        if (settles.compareTo(lasts) > 0) {
            throw settings.conflict(
                    "settles", "a run settles before it ends, which is after " + Quantities.text(lasts));
        }
        return scenario;
    }

    private static double enough(Settings settings) {
        double enough = settings.share("enough", 1);
        if (enough == 0) {
            throw settings.conflict("enough", "it is more than nothing");
        }
        return enough;
    }

    private static LinkModel links(Settings settings) {
        LinkModel tor = LinkModel.TOR;
        Duration lifetime = settings.time("links.mean-lifetime", tor.meanLifetime());
        if (lifetime.isZero()) {
            throw settings.conflict("links.mean-lifetime", "connections last longer than nothing");
        }
        return new LinkModel(
                settings.latency("links.connect", tor.connect()),
                settings.latency("links.round-trip", tor.roundTrip()),
                settings.share("links.dial-failure", tor.dialFailure()),
                settings.count("links.bytes-per-second", 1, Long.MAX_VALUE, tor.bytesPerSecond()),
                lifetime);
    }

    private static @Nullable Churn churn(Settings settings) {
        Churn churn = new Churn(
                settings.time("churn.begins", MINUTE.multipliedBy(10)),
                settings.latency("churn.session", Latency.lognormal(MINUTE.multipliedBy(30), HOUR.multipliedBy(4))),
                settings.latency("churn.absence", Latency.lognormal(MINUTE.multipliedBy(10), HOUR)),
                settings.share("churn.keeps-state", 0.8));
        return settings.any("churn.") ? churn : null;
    }

    private static @Nullable Partition partition(Settings settings) {
        Duration begins = settings.time("partition.begins", MINUTE.multipliedBy(10));
        Duration heals = settings.time("partition.heals", begins.plus(MINUTE.multipliedBy(20)));
        double share = settings.share("partition.share", 0.5);
        if (heals.compareTo(begins) <= 0) {
            throw settings.conflict(
                    "partition.heals", "a partition heals after it begins, which is at " + Quantities.text(begins));
        }
        return settings.any("partition.") ? new Partition(begins, heals, share) : null;
    }

    private static @Nullable RouterLoss routerLoss(Settings settings) {
        RouterLoss loss = new RouterLoss(
                settings.time("routers.die", MINUTE.multipliedBy(10)), settings.share("routers.share", 0.75));
        return settings.any("routers.") ? loss : null;
    }

    private static @Nullable Books books(Settings settings) {
        int newBuckets = (int) settings.count("books.new-buckets", 16, Books.MOST, 256);
        int triedBuckets = (int) settings.count("books.tried-buckets", 1, Books.MOST, 64);
        int mature = (int) settings.count("books.mature", 0, Integer.MAX_VALUE, 512);
        int routersMature = (int) settings.count("books.routers-mature", 0, Integer.MAX_VALUE, mature);
        if (Integer.bitCount(newBuckets) != 1) {
            throw settings.conflict("books.new-buckets", "it is a power of two");
        }
        if (Integer.bitCount(triedBuckets) != 1) {
            throw settings.conflict("books.tried-buckets", "it is a power of two");
        }
        return settings.any("books.") ? new Books(newBuckets, triedBuckets, mature, routersMature) : null;
    }
}
