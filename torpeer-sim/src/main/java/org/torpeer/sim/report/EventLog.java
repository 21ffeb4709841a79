package org.torpeer.sim.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;
import org.torpeer.sim.RunWatch;
import org.torpeer.sim.Sample;

/**
 * What happens in a run, one JSON object a line: {@code seconds}, {@code node}, {@code event}, and {@code peer} and {@code
 * detail} where there are any.
 */
public final class EventLog implements RunWatch, AutoCloseable {
    private static final JsonFactory FACTORY = JsonFactory.builder().build().setRootValueSeparator(null);

    private final RunWatch next;
    private final OutputFolder folder;
    private final String name;
    private final JsonGenerator json;
    private @Nullable IOException failure;

    private EventLog(RunWatch next, OutputFolder folder, String name, Writer to) throws IOException {
        this.next = next;
        this.folder = folder;
        this.name = name;
        this.json = FACTORY.createGenerator(to);
    }

    /**
     * Begins a new file. If it cannot be written any more, the run ends at its next sample, and {@link #close} says why.
     *
     * @param next watches the run too
     * @throws org.torpeer.api.TorPeerException if the file cannot be made
     */
    public static EventLog in(OutputFolder folder, String name, RunWatch next) {
        try {
            return to(folder.open(name), folder, name, next);
        } catch (IOException e) {
            throw folder.failed(name, e);
        }
    }

    static EventLog to(Writer file, OutputFolder folder, String name, RunWatch next) {
        try {
            return new EventLog(next, folder, name, file);
        } catch (IOException e) {
            throw folder.failed(name, e);
        }
    }

    @Override
    public boolean goOn(Sample latest) {
        return next.goOn(latest) && failure == null;
    }

    @Override
    public void happened(double seconds, int node, String event, int peer, String detail) {
        next.happened(seconds, node, event, peer, detail);
        if (failure != null) {
            return;
        }
        try {
            json.writeStartObject();
            json.writeNumberField("seconds", seconds);
            json.writeNumberField("node", node);
            json.writeStringField("event", event);
            if (peer >= 0) {
                json.writeNumberField("peer", peer);
            }
            if (!detail.isEmpty()) {
                json.writeStringField("detail", detail);
            }
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            failure = e;
        }
    }

    /**
     * @throws org.torpeer.api.TorPeerException if anything could not be written
     */
    @Override
    public void close() {
        try {
            json.close();
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
        if (failure != null) {
            throw folder.failed(name, failure);
        }
    }
}
