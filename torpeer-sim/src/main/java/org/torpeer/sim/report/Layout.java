package org.torpeer.sim.report;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.torpeer.sim.Snapshot;

/**
 * Places for the nodes of a film: those that have sessions for much of the time they run near each other. By forces, as of
 * Fruchterman and Reingold (1991), from a sunflower's arrangement, so that the same film is always laid out the same way.
 * Those that never have a session, which nothing would hold back, stand in rows below the others.
 */
final class Layout {
    private static final int STEPS = 250;
    private static final double GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
    private static final double GRAVITY = 0.08;

    private static final int ROW = 60;
    private static final double ROW_HEIGHT = 0.04;

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
        double[][] pull = pull(film, places);
        int[] joined = IntStream.range(0, pull.length)
                .filter(i -> IntStream.range(0, pull.length).anyMatch(j -> pull[i][j] > 0 || pull[j][i] > 0))
                .toArray();
        int[] alone = IntStream.range(0, pull.length)
                .filter(i -> Arrays.binarySearch(joined, i) < 0)
                .toArray();
        double[][] moved = moved(Arrays.stream(joined)
                .mapToObj(
                        i -> Arrays.stream(joined).mapToDouble(j -> pull[i][j]).toArray())
                .toArray(double[][]::new));
        int rows = (alone.length + ROW - 1) / ROW;
        double floor = 1 - ROW_HEIGHT * (rows + 1);
        double[][] all = new double[2][pull.length];
        for (int i = 0; i < joined.length; i++) {
            all[0][joined[i]] = moved[0][i];
            all[1][joined[i]] = moved[1][i] * (alone.length == 0 ? 1 : floor);
        }
        for (int i = 0; i < alone.length; i++) {
            int row = i / ROW;
            all[0][alone[i]] = (i % ROW + 0.5) / Math.min(ROW, alone.length - row * ROW);
            all[1][alone[i]] = 1 - row * ROW_HEIGHT;
        }
        return all;
    }

    /** For each pair, the share of the time that both ran in which they had a session. */
    private static double[][] pull(List<Snapshot> film, Map<Integer, Integer> places) {
        double[][] pull = new double[places.size()][places.size()];
        int[][] both = new int[places.size()][places.size()];
        for (Snapshot picture : film) {
            int[] up = picture.vertices().stream()
                    .filter(Snapshot.Vertex::up)
                    .mapToInt(vertex -> places.getOrDefault(vertex.number(), 0))
                    .toArray();
            for (int i : up) {
                for (int j : up) {
                    both[i][j]++;
                }
            }
            for (Snapshot.Link link : picture.links()) {
                pull[places.getOrDefault(link.from(), 0)][places.getOrDefault(link.to(), 0)]++;
            }
        }
        for (int i = 0; i < pull.length; i++) {
            for (int j = 0; j < pull.length; j++) {
                pull[i][j] /= Math.max(1, both[i][j]);
            }
        }
        return pull;
    }

    private static double[][] moved(double[][] pull) {
        Layout layout = new Layout(pull.length);
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
