package org.torpeer.sim.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.torpeer.sim.Snapshot;
import org.torpeer.sim.Snapshot.Link;
import org.torpeer.sim.Snapshot.Vertex;

/** Pictures of the network through time. However long the run, there are not many: of too many every second one goes. */
final class Film {
    private static final int MOST_FRAMES = 120;
    /** More could not be told apart. */
    private static final int MOST_ACTORS = 240;

    private final int[] actors;
    private final IntFunction<Vertex> vertices;
    private final Sessions sessions;
    private final List<Snapshot> frames = new ArrayList<>();
    private int stride = 1;
    private int asked;

    Film(int nodes, int routers, IntFunction<Vertex> vertices, Sessions sessions) {
        this.vertices = vertices;
        this.sessions = sessions;
        this.actors = actors(nodes, routers);
    }

    /** Takes a picture now, or not, if there were enough lately. */
    void roll(double seconds) {
        if (asked++ % stride == 0) {
            frames.add(picture(seconds, actors));
        }
        if (frames.size() > MOST_FRAMES) {
            for (int odd = MOST_FRAMES - 1; odd > 0; odd -= 2) {
                frames.remove(odd);
            }
            stride *= 2;
        }
    }

    /** The pictures, the last one of now. */
    List<Snapshot> end(double seconds) {
        List<Snapshot> all = new ArrayList<>(frames);
        if (all.isEmpty() || all.get(all.size() - 1).seconds() < seconds) {
            all.add(picture(seconds, actors));
        }
        return all;
    }

    /** Everybody. */
    Snapshot whole(double seconds, int nodes) {
        return picture(seconds, IntStream.range(0, nodes).toArray());
    }

    private Snapshot picture(double seconds, int[] shown) {
        boolean[] within = new boolean[shown[shown.length - 1] + 1];
        List<Vertex> seen = new ArrayList<>();
        for (int node : shown) {
            Vertex vertex = vertices.apply(node);
            within[node] = vertex.up();
            seen.add(vertex);
        }
        List<Link> links = new ArrayList<>();
        for (Vertex vertex : seen) {
            int from = vertex.number();
            for (int to : sessions.of(from)) {
                if (from < to && to < within.length && within[from] && within[to]) {
                    links.add(new Link(from, to));
                }
            }
        }
        return new Snapshot(seconds, seen, links);
    }

    /** The first of the routers and a part of the others, spread over all. */
    private static int[] actors(int nodes, int routers) {
        int leaders = Math.min(routers, MOST_ACTORS / 4);
        int others = Math.min(nodes - routers, MOST_ACTORS - leaders);
        return IntStream.concat(
                        IntStream.range(0, leaders),
                        IntStream.range(0, others).map(i -> routers + (int) ((long) i * (nodes - routers) / others)))
                .toArray();
    }
}
