package org.torpeer.sim.report;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.torpeer.sim.Snapshot;

/**
 * Places for the nodes of a film: those that have sessions for much of the time near each other. By forces, as of
 * Fruchterman and Reingold (1991), from a sunflower's arrangement, so that the same film is always laid out the same way.
 */
final class Layout {
    private static final int STEPS = 250;
    private static final double GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
    private static final double GRAVITY = 0.08;

    private final double[] x;
    private final double[] y;

    private Layout(int nodes) {
        x = new double[nodes];
        y = new double[nodes];
        for (int i = 0; i < nodes; i++) {
            double radius = Math.sqrt((i + 0.5) / nodes);
            x[i] = radius * StrictMath.cos(i * GOLDEN_ANGLE);
            y[i] = radius * StrictMath.sin(i * GOLDEN_ANGLE);
        }
    }

    /** Coordinates from 0 to 1, two for each vertex of the pictures. */
    static double[][] of(List<Snapshot> film) {
        List<Snapshot.Vertex> vertices = film.get(0).vertices();
        Map<Integer, Integer> places = new TreeMap<>();
        vertices.forEach(vertex -> places.put(vertex.number(), places.size()));
        double[][] pull = new double[vertices.size()][vertices.size()];
        for (Snapshot picture : film) {
            for (Snapshot.Link link : picture.links()) {
                int from = places.getOrDefault(link.from(), 0);
                int to = places.getOrDefault(link.to(), 0);
                pull[from][to] += 1.0 / film.size();
            }
        }
        Layout layout = new Layout(vertices.size());
        for (int step = 0; step < STEPS; step++) {
            layout.move(pull, 0.1 * (1 - (double) step / STEPS));
        }
        return new double[][] {stretched(layout.x), stretched(layout.y)};
    }

    private void move(double[][] pull, double reach) {
        int nodes = x.length;
        double distance = Math.sqrt(Math.PI / nodes);
        double[] dx = new double[nodes];
        double[] dy = new double[nodes];
        for (int i = 0; i < nodes; i++) {
            for (int j = i + 1; j < nodes; j++) {
                double awayX = x[i] - x[j];
                double awayY = y[i] - y[j];
                double square = Math.max(1e-6, awayX * awayX + awayY * awayY);
                double force = distance * distance / square - pull[i][j] * Math.sqrt(square) / distance;
                dx[i] += force * awayX;
                dy[i] += force * awayY;
                dx[j] -= force * awayX;
                dy[j] -= force * awayY;
            }
            dx[i] -= GRAVITY * x[i] / distance;
            dy[i] -= GRAVITY * y[i] / distance;
        }
        for (int i = 0; i < nodes; i++) {
            double length = Math.max(1e-9, Math.hypot(dx[i], dy[i]));
            x[i] += dx[i] / length * Math.min(length, reach);
            y[i] += dy[i] / length * Math.min(length, reach);
        }
    }

    private static double[] stretched(double[] values) {
        double least = Arrays.stream(values).min().orElse(0);
        double most = Arrays.stream(values).max().orElse(1);
        double range = Math.max(1e-9, most - least);
        return Arrays.stream(values).map(value -> (value - least) / range).toArray();
    }
}
