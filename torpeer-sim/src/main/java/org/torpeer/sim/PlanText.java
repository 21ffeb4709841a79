package org.torpeer.sim;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.torpeer.api.InvalidInputException;

/**
 * A plan as text that means the same on every machine: lines of {@code key = value}, the settings of the scenario as in its
 * file, and what is the plan's own under {@code plan.*}. No file is named in it.
 */
public final class PlanText {
    private static final String OWN = "plan.";
    private static final String SCENARIO = OWN + "scenario";
    private static final String NODES = OWN + "nodes";
    private static final String SEED = OWN + "seed";
    private static final String CRYPTO = OWN + "crypto";

    private PlanText() {}

    /**
     * @throws InvalidInputException if the scenario has a name or a line about it that no file could give it
     */
    public static String of(RunPlan plan) {
        StringBuilder text = new StringBuilder();
        line(text, SCENARIO, plan.scenario().name());
        line(text, NODES, String.valueOf(plan.nodes()));
        line(text, SEED, String.valueOf(plan.seed()));
        line(text, CRYPTO, plan.crypto().name().toLowerCase(Locale.ROOT));
        ScenarioFile.settings(plan.scenario()).forEach((key, value) -> line(text, key, value));
        if (!parse(text.toString()).equals(plan)) {
            throw new InvalidInputException(
                    "the scenario " + plan.scenario().name() + " cannot be written as text: see its name and 'about'");
        }
        return text.toString();
    }

    /**
     * @throws InvalidInputException if it is not such text
     */
    public static RunPlan parse(String text) {
        Map<String, Settings.Entry> own = new LinkedHashMap<>();
        Map<String, Settings.Entry> scenario = new LinkedHashMap<>();
        KeyValueText.parse(text, "plan")
                .forEach((key, entry) -> (key.startsWith(OWN) ? own : scenario).put(key, entry));
        Settings settings = new Settings(own);
        RunPlan plan = new RunPlan(
                ScenarioFile.scenario(settings.text(SCENARIO, ""), scenario),
                (int) settings.count(NODES, RunPlan.MIN_NODES, RunPlan.MAX_NODES, RunPlan.MIN_NODES),
                settings.count(SEED, 0, Long.MAX_VALUE, 0),
                Crypto.named(settings.text(CRYPTO, "")));
        settings.nothingElse("a plan has a scenario, nodes, a seed and crypto of its own");
        return plan;
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append(" = ").append(value).append('\n');
    }
}
