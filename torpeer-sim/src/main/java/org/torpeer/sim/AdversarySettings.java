package org.torpeer.sim;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys {@code adversary.*} of a scenario. */
final class AdversarySettings {
    /** A network's default: scrypt with N=1024, r=8, p=1, of which a core does one in 3.1 ms. */
    private static final int BITS = 18;

    private static final double ATTEMPTS_PER_SECOND = 322;
    /** The order of what a rented virtual processor costs. */
    private static final double DOLLARS_PER_CORE_HOUR = 0.02;

    private static final int MOST = 400;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private AdversarySettings() {}

    static @Nullable Adversary adversary(Settings settings) {
        double price = settings.amount("adversary.dollars-per-core-hour", DOLLARS_PER_CORE_HOUR);
        double attempts = settings.amount("adversary.attempts-per-second", ATTEMPTS_PER_SECOND);
        double hours = settings.amount("adversary.core-hours", 1);
        double dollars = settings.amount("adversary.dollars", -1);
        if (attempts == 0) {
            throw settings.conflict("adversary.attempts-per-second", "a core makes some attempts");
        }
        if (dollars >= 0 && price == 0) {
            throw settings.conflict("adversary.dollars", "cores cost nothing here: give core-hours");
        }
        Adversary adversary = new Adversary(
                settings.named("adversary.kind", Adversary.Kind.SYBIL, Adversary.Kind::of),
                dollars < 0 ? hours : dollars / price,
                (int) settings.count("adversary.bits", 0, Adversary.MAX_BITS, BITS),
                attempts,
                price,
                (int) settings.count("adversary.most-identities", 0, Adversary.MAX_IDENTITIES, MOST),
                settings.time("adversary.begins", MINUTE.multipliedBy(20)),
                (int) settings.count("adversary.dials-per-minute", 1, 1_000_000, 60),
                settings.share("adversary.victims", 0.1),
                settings.time("adversary.restart", MINUTE.multipliedBy(50)),
                settings.share("adversary.keeps-state", 1),
                settings.named("adversary.defences", Defences.ALL, Defences::of),
                settings.choice("adversary.compare", false));
        return settings.any("adversary.") ? adversary : null;
    }

    static void put(Adversary adversary, Map<String, String> all) {
        all.put("adversary.kind", adversary.kind().text());
        all.put("adversary.core-hours", String.valueOf(adversary.coreHours()));
        all.put("adversary.bits", String.valueOf(adversary.bits()));
        all.put("adversary.attempts-per-second", String.valueOf(adversary.attemptsPerSecond()));
        all.put("adversary.dollars-per-core-hour", String.valueOf(adversary.dollarsPerCoreHour()));
        all.put("adversary.most-identities", String.valueOf(adversary.most()));
        all.put("adversary.begins", Quantities.text(adversary.begins()));
        all.put("adversary.dials-per-minute", String.valueOf(adversary.dialsPerMinute()));
        all.put("adversary.victims", String.valueOf(adversary.victims()));
        all.put("adversary.restart", Quantities.text(adversary.restart()));
        all.put("adversary.keeps-state", String.valueOf(adversary.keepsState()));
        all.put("adversary.defences", adversary.defences().text());
        all.put("adversary.compare", adversary.compared() ? "yes" : "no");
    }
}
