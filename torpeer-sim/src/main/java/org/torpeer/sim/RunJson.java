package org.torpeer.sim;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.TorPeerException;

/**
 * A result as JSON, schema {@value #SCHEMA}: times in seconds, null where something was never reached. What is at the top
 * is the first seed's run, {@code runs} has all of them, {@code bands} says what they say together,
 * without those of {@code partialSeeds}, which were broken off. {@code configuration} has all settings of the scenario, key by key as in its file: {@link SavedRun} makes the plans of it again.
 */
public final class RunJson {
    public static final String SCHEMA = "torpeer.run/1";

    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;

    private RunJson(JsonGenerator json) {
        this.json = json;
    }

    /**
     * Writes a result; the writer stays open.
     *
     * @throws IOException if the writer does
     */
    public static void write(ExperimentResult result, Writer to) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(to)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            new RunJson(json).experiment(result);
            json.writeRaw('\n');
        }
    }

    /** A run of one seed alone. */
    public static String text(RunResult run) {
        StringWriter text = new StringWriter();
        try {
            write(new ExperimentResult(new Experiment(run.plan(), 1), List.of(run)), text);
        } catch (IOException e) {
            throw new TorPeerException("a string took no text", e);
        }
        return text.toString();
    }

    private void experiment(ExperimentResult result) throws IOException {
        RunPlan plan = result.experiment().first();
        json.writeStartObject();
        json.writeStringField("schema", SCHEMA);
        json.writeStringField("scenario", plan.scenario().name());
        json.writeNumberField("nodes", plan.nodes());
        json.writeNumberField("seed", plan.seed());
        json.writeNumberField("seeds", result.experiment().seeds());
        partialSeeds(result);
        json.writeStringField("crypto", plan.crypto().name().toLowerCase(Locale.ROOT));
        json.writeStringField("jvm", jvm());
        json.writeObjectFieldStart("configuration");
        for (Map.Entry<String, String> setting :
                ScenarioFile.settings(plan.scenario()).entrySet()) {
            json.writeStringField(setting.getKey(), setting.getValue());
        }
        json.writeEndObject();
        run(result.first());
        json.writeArrayFieldStart("runs");
        for (RunResult run : result.runs()) {
            json.writeStartObject();
            json.writeNumberField("seed", run.plan().seed());
            run(run);
            json.writeEndObject();
        }
        json.writeEndArray();
        bands(result);
        if (!result.compared().isEmpty()) {
            json.writeArrayFieldStart("compared");
            for (ExperimentResult other : result.compared()) {
                compared(other);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void partialSeeds(ExperimentResult result) throws IOException {
        json.writeArrayFieldStart("partialSeeds");
        for (RunResult run : result.partial()) {
            json.writeNumber(run.plan().seed());
        }
        json.writeEndArray();
    }

    /** Without any run that came to its end there is nothing to say together. */
    private void bands(ExperimentResult result) throws IOException {
        json.writeObjectFieldStart("bands");
        if (result.partial().size() < result.runs().size()) {
            for (Map.Entry<String, Band> band : result.bands().entrySet()) {
                band(band.getKey(), band.getValue());
            }
        }
        json.writeEndObject();
    }

    /** The same experiment with other defences, or the same ones. */
    private void compared(ExperimentResult other) throws IOException {
        json.writeStartObject();
        json.writeStringField("defences", other.defences().text());
        json.writeArrayFieldStart("runs");
        for (RunResult run : other.runs()) {
            json.writeStartObject();
            json.writeNumberField("seed", run.plan().seed());
            json.writeStringField("traceHash", run.traceHash());
            json.writeBooleanField("complete", run.complete());
            AdversaryJson.write(json, run);
            json.writeEndObject();
        }
        json.writeEndArray();
        if (!other.runs().isEmpty()) {
            bands(other);
        }
        json.writeEndObject();
    }

    private void run(RunResult run) throws IOException {
        json.writeStringField("traceHash", run.traceHash());
        json.writeBooleanField("complete", run.complete());
        json.writeNumberField("simulatedSeconds", run.simulatedSeconds());
        json.writeNumberField("wallSeconds", run.wallSeconds());
        json.writeNumberField("events", run.events());
        json.writeNumberField("eventsPerSecond", run.eventsPerSecond());
        json.writeNumberField("heapBytesPerNode", run.heapBytesPerNode());
        json.writeObjectFieldStart("results");
        for (Map.Entry<String, Milestones> milestones : run.milestones().entrySet()) {
            milestones(milestones.getKey(), milestones.getValue());
        }
        for (Map.Entry<String, Double> measure : run.measures().entrySet()) {
            json.writeNumberField(measure.getKey(), measure.getValue());
        }
        json.writeObjectFieldStart("dialOutcomes");
        for (Map.Entry<String, Long> manner : run.dials().entrySet()) {
            json.writeNumberField(manner.getKey(), manner.getValue());
        }
        json.writeEndObject();
        sessions(run.sessions());
        json.writeObjectFieldStart("degrees");
        for (Map.Entry<String, Map<Integer, Integer>> degrees : run.degrees().entrySet()) {
            degrees(degrees.getKey(), degrees.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("failedTasks", run.failedTasks());
        AdversaryJson.write(json, run);
        json.writeEndObject();
    }

    private void sessions(Topology sessions) throws IOException {
        json.writeObjectFieldStart("sessions");
        json.writeNumberField("nodes", sessions.nodes());
        json.writeNumberField("links", sessions.links());
        json.writeNumberField("clustering", sessions.clustering());
        json.writeNumberField("pathLength", sessions.pathLength());
        json.writeNumberField("largestComponent", sessions.largestComponent());
        json.writeEndObject();
    }

    private void degrees(String name, Map<Integer, Integer> degrees) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<Integer, Integer> degree : degrees.entrySet()) {
            json.writeNumberField(degree.getKey().toString(), degree.getValue());
        }
        json.writeEndObject();
    }

    private void milestones(String name, Milestones milestones) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, @Nullable Double> share : milestones.byName().entrySet()) {
            Double seconds = share.getValue();
            if (seconds == null) {
                json.writeNullField(share.getKey());
            } else {
                json.writeNumberField(share.getKey(), seconds);
            }
        }
        json.writeEndObject();
    }

    private void band(String name, Band band) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("mean", band.mean());
        json.writeNumberField("low", band.low());
        json.writeNumberField("high", band.high());
        json.writeNumberField("runs", band.runs());
        json.writeEndObject();
    }

    private static String jvm() {
        return String.join(
                " ",
                System.getProperty("java.vm.name", "an unknown JVM"),
                System.getProperty("java.vm.version", ""),
                "on",
                System.getProperty("os.name", "an unknown system"),
                System.getProperty("os.arch", ""));
    }
}
