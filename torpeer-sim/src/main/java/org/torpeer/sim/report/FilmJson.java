package org.torpeer.sim.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.torpeer.sim.Measure;
import org.torpeer.sim.Sample;
import org.torpeer.sim.Snapshot;

/**
 * The pictures of a run for the page's script: {@code nodes} are {@code [number, kind, x, y]} with the kinds 0
 * participant, 1 router, 2 malicious; a frame has the time {@code t}, the share {@code d} of pairs that had discovered
 * each other, how much each node knew as a letter ({@code .} for one that was not running, {@code a} to {@code z} for
 * nothing to everybody), and the links that came and went since the frame before, as pairs of places in {@code nodes}.
 */
final class FilmJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int SHADES = 25;

    private FilmJson() {}

    /**
     * @param nodes how many there were in the run, of which the film may show some
     */
    static String of(List<Snapshot> film, List<Sample> series, int nodes) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            nodes(json, film);
            frames(json, film, series, nodes);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string took no text", e);
        }
        return text.toString();
    }

    private static void nodes(JsonGenerator json, List<Snapshot> film) throws IOException {
        double[][] places = Layout.of(film);
        json.writeArrayFieldStart("nodes");
        List<Snapshot.Vertex> vertices = film.get(0).vertices();
        for (int i = 0; i < vertices.size(); i++) {
            Snapshot.Vertex vertex = vertices.get(i);
            json.writeStartArray();
            json.writeNumber(vertex.number());
            json.writeNumber(vertex.malicious() ? 2 : vertex.router() ? 1 : 0);
            json.writeNumber(Math.round(places[0][i] * 1000) / 1000.0);
            json.writeNumber(Math.round(places[1][i] * 1000) / 1000.0);
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static void frames(JsonGenerator json, List<Snapshot> film, List<Sample> series, int nodes)
            throws IOException {
        Map<Integer, Integer> places = new TreeMap<>();
        film.get(0).vertices().forEach(vertex -> places.put(vertex.number(), places.size()));
        Set<Snapshot.Link> before = new HashSet<>();
        json.writeArrayFieldStart("frames");
        for (Snapshot picture : film) {
            Set<Snapshot.Link> now = new LinkedHashSet<>(picture.links());
            json.writeStartObject();
            json.writeNumberField("t", Math.round(picture.seconds() * 10) / 10.0);
            json.writeNumberField("d", Math.round(discovered(series, picture.seconds()) * 1000) / 1000.0);
            json.writeStringField("s", states(picture, nodes));
            links(json, "a", now, before, places);
            links(json, "r", before, now, places);
            json.writeEndObject();
            before = now;
        }
        json.writeEndArray();
    }

    private static void links(
            JsonGenerator json,
            String name,
            Set<Snapshot.Link> those,
            Set<Snapshot.Link> without,
            Map<Integer, Integer> places)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (Snapshot.Link link : those) {
            if (!without.contains(link)) {
                json.writeNumber(places.getOrDefault(link.from(), 0));
                json.writeNumber(places.getOrDefault(link.to(), 0));
            }
        }
        json.writeEndArray();
    }

    private static String states(Snapshot picture, int nodes) {
        StringBuilder states = new StringBuilder();
        for (Snapshot.Vertex vertex : picture.vertices()) {
            long shade = Math.round((double) SHADES * vertex.known() / Math.max(1, nodes - 1));
            states.append(vertex.up() ? (char) ('a' + Math.min(SHADES, shade)) : '.');
        }
        return states.toString();
    }

    private static double discovered(List<Sample> series, double seconds) {
        double latest = 0;
        for (Sample sample : series) {
            if (sample.seconds() > seconds) {
                break;
            }
            latest = sample.value(Measure.DISCOVERED);
        }
        return latest;
    }
}
