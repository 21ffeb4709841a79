package org.torpeer.sim;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** What an adversary paid and achieved in a run, as JSON. */
final class AdversaryJson {
    /** More would not tell more. */
    private static final int MOST_POINTS = 120;

    private AdversaryJson() {}

    /** Writes a field {@code adversary}, if there was one. */
    static void write(JsonGenerator json, RunResult run) throws IOException {
        Adversary adversary = run.plan().scenario().adversary();
        if (adversary == null) {
            return;
        }
        json.writeObjectFieldStart("adversary");
        json.writeStringField("kind", adversary.kind().text());
        json.writeStringField("defences", adversary.defences().text());
        json.writeNumberField("identities", adversary.identities());
        json.writeNumberField("coreHours", adversary.coreHoursSpent());
        json.writeNumberField("dollars", adversary.dollarsSpent());
        json.writeNumberField("maliciousEntries", run.measure(Measure.MALICIOUS));
        json.writeNumberField("maliciousPartners", run.measure(Measure.MALICIOUS_PARTNERS));
        json.writeNumberField("surrounded", run.measure(Measure.SURROUNDED));
        json.writeNumberField("eclipsed", run.measure(Measure.ECLIPSED));
        json.writeNumberField("mostEclipsed", run.measure(Measure.MOST_ECLIPSED));
        cost(json, run, adversary);
        overTime(json, run.series());
        json.writeEndObject();
    }

    /** Null if a tenth of the nodes was never eclipsed at a time: it costs more than this budget, if it can be had at all. */
    private static void cost(JsonGenerator json, RunResult run, Adversary adversary) throws IOException {
        if (run.measure(Measure.MOST_ECLIPSED) * 10 < run.plan().nodes()) {
            json.writeNullField("dollarsToEclipseTenth");
        } else {
            json.writeNumberField("dollarsToEclipseTenth", adversary.dollarsSpent());
        }
    }

    private static void overTime(JsonGenerator json, List<Sample> series) throws IOException {
        int stride = 1 + series.size() / MOST_POINTS;
        json.writeArrayFieldStart("overTime");
        for (int i = 0; i < series.size(); i += stride) {
            Sample sample = series.get(i);
            json.writeStartObject();
            json.writeNumberField("seconds", sample.seconds());
            json.writeNumberField("eclipsed", sample.value(Measure.ECLIPSED));
            json.writeNumberField("surrounded", sample.value(Measure.SURROUNDED));
            json.writeNumberField("maliciousPartners", sample.value(Measure.MALICIOUS_PARTNERS));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
