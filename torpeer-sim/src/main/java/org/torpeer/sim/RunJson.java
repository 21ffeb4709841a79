package org.torpeer.sim;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.torpeer.transport.loopback.Latency;
import org.torpeer.transport.loopback.LinkModel;

/** A result as JSON, schema {@value #SCHEMA}: times in seconds, null where something was never reached. */
public final class RunJson {
    public static final String SCHEMA = "torpeer.run/1";

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final double NANOS = 1e9;

    private RunJson() {}

    /**
     * Writes a result; the writer stays open.
     *
     * @throws IOException if the writer does
     */
    public static void write(RunResult result, Writer to) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(to)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            run(json, result);
        }
    }

    private static void run(JsonGenerator json, RunResult result) throws IOException {
        RunPlan plan = result.plan();
        json.writeStartObject();
        json.writeStringField("schema", SCHEMA);
        json.writeStringField("scenario", plan.scenario().name());
        json.writeNumberField("nodes", plan.nodes());
        json.writeNumberField("seed", plan.seed());
        json.writeStringField("crypto", plan.crypto().name().toLowerCase(Locale.ROOT));
        json.writeObjectFieldStart("configuration");
        configuration(json, plan);
        json.writeEndObject();
        json.writeStringField("traceHash", result.traceHash());
        json.writeBooleanField("complete", result.complete());
        json.writeNumberField("simulatedSeconds", result.simulatedSeconds());
        json.writeNumberField("wallSeconds", result.wallSeconds());
        json.writeNumberField("events", result.events());
        json.writeNumberField("eventsPerSecond", result.eventsPerSecond());
        json.writeNumberField("heapBytesPerNode", result.heapBytesPerNode());
        json.writeObjectFieldStart("results");
        results(json, result);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void configuration(JsonGenerator json, RunPlan plan) throws IOException {
        Scenario scenario = plan.scenario();
        json.writeNumberField("routers", plan.routers());
        json.writeNumberField("nodesPerRouter", scenario.nodesPerRouter());
        seconds(json, "arrivalsSeconds", scenario.arrivals());
        links(json, scenario.links());
        seconds(json, "clockSkewSeconds", scenario.clockSkew());
        churn(json, scenario.churn());
        partition(json, scenario.partition());
        seconds(json, "settlesSeconds", scenario.settles());
        seconds(json, "lastsSeconds", scenario.lasts());
    }

    private static void links(JsonGenerator json, LinkModel links) throws IOException {
        json.writeObjectFieldStart("links");
        latency(json, "connect", links.connect());
        latency(json, "roundTrip", links.roundTrip());
        json.writeNumberField("dialFailure", links.dialFailure());
        json.writeNumberField("bytesPerSecond", links.bytesPerSecond());
        seconds(json, "meanLifetimeSeconds", links.meanLifetime());
        json.writeEndObject();
    }

    private static void churn(JsonGenerator json, @Nullable Churn churn) throws IOException {
        if (churn == null) {
            json.writeNullField("churn");
            return;
        }
        json.writeObjectFieldStart("churn");
        seconds(json, "beginsSeconds", churn.begins());
        latency(json, "session", churn.session());
        latency(json, "absence", churn.absence());
        json.writeNumberField("keepsState", churn.keepsState());
        json.writeEndObject();
    }

    private static void partition(JsonGenerator json, @Nullable Partition partition) throws IOException {
        if (partition == null) {
            json.writeNullField("partition");
            return;
        }
        json.writeObjectFieldStart("partition");
        seconds(json, "beginsSeconds", partition.begins());
        seconds(json, "healsSeconds", partition.heals());
        json.writeNumberField("share", partition.share());
        json.writeEndObject();
    }

    private static void latency(JsonGenerator json, String name, Latency latency) throws IOException {
        json.writeObjectFieldStart(name);
        if (latency instanceof Latency.Fixed fixed) {
            seconds(json, "fixedSeconds", fixed.each());
        } else if (latency instanceof Latency.Uniform uniform) {
            seconds(json, "leastSeconds", uniform.least());
            seconds(json, "mostSeconds", uniform.most());
        } else if (latency instanceof Latency.Lognormal lognormal) {
            seconds(json, "medianSeconds", lognormal.median());
            seconds(json, "p99Seconds", lognormal.p99());
        }
        json.writeEndObject();
    }

    private static void results(JsonGenerator json, RunResult result) throws IOException {
        milestones(json, "discovery", result.discovery());
        milestones(json, "contact", result.contact());
        Sample last = result.last();
        json.writeNumberField("discovered", last.discovered());
        json.writeNumberField("contacted", last.contacted());
        json.writeNumberField("stale", last.stale());
        json.writeNumberField("messagesPerNode", result.messagesPerNode());
        json.writeNumberField("bytesPerNode", result.bytesPerNode());
        json.writeNumberField("dialsPerNode", result.dialsPerNode());
        json.writeObjectFieldStart("dials");
        for (Map.Entry<String, Long> manner : result.dials().entrySet()) {
            json.writeNumberField(manner.getKey(), manner.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("failedTasks", result.failedTasks());
        sessions(json, result.sessions());
    }

    private static void sessions(JsonGenerator json, Topology sessions) throws IOException {
        json.writeObjectFieldStart("sessions");
        json.writeNumberField("links", sessions.links());
        json.writeNumberField("clustering", sessions.clustering());
        json.writeNumberField("pathLength", sessions.pathLength());
        json.writeNumberField("largestComponent", sessions.largestComponent());
        json.writeObjectFieldStart("degrees");
        for (Map.Entry<Integer, Integer> degree : sessions.degrees().entrySet()) {
            json.writeNumberField(degree.getKey().toString(), degree.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void milestones(JsonGenerator json, String name, Milestones milestones) throws IOException {
        json.writeObjectFieldStart(name);
        reached(json, "p50Seconds", milestones.p50Seconds());
        reached(json, "p90Seconds", milestones.p90Seconds());
        reached(json, "p99Seconds", milestones.p99Seconds());
        reached(json, "p100Seconds", milestones.p100Seconds());
        json.writeEndObject();
    }

    private static void reached(JsonGenerator json, String name, @Nullable Double seconds) throws IOException {
        if (seconds == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, seconds);
        }
    }

    private static void seconds(JsonGenerator json, String name, Duration duration) throws IOException {
        json.writeNumberField(name, duration.toSeconds() + duration.toNanosPart() / NANOS);
    }
}
