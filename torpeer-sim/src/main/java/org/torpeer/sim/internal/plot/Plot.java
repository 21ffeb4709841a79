package org.torpeer.sim.internal.plot;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Matcher;

/** A plot as an SVG element that takes its colours from the page around it. Coordinates in text are rounded to tenths. */
public final class Plot {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 350;
    private static final int LEFT = 92;
    private static final int RIGHT = 14;
    private static final int TOP = 14;
    private static final int BOTTOM = 52;
    private static final int SAMPLES = 120;

    private final Axis x;
    private final Axis y;
    private final StringBuilder body = new StringBuilder();

    public Plot(Axis x, Axis y) {
        this.x = x;
        this.y = y;
        x.marks().forEach(this::vertical);
        y.marks().forEach(this::horizontal);
        text(LEFT + (WIDTH - LEFT - RIGHT) / 2.0, HEIGHT - 8, "middle", "axis", x.title());
        body.append(String.format(
                Locale.ROOT,
                "<text class=\"axis\" text-anchor=\"middle\" transform=\"translate(14 %.1f) rotate(-90)\">%s</text>%n",
                TOP + (HEIGHT - TOP - BOTTOM) / 2.0,
                Html.text(y.title())));
    }

    /** A smooth line over the whole width, as far as it is within the plot's height. */
    public Plot curve(DoubleUnaryOperator function, String looks) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i <= SAMPLES; i++) {
            double at = x.at((double) i / SAMPLES);
            double value = function.applyAsDouble(at);
            if (value >= y.from() && value <= y.to()) {
                points.append(point(at, value));
            }
        }
        return line(points, looks);
    }

    /** A line that keeps its height up to each point, in ascending order, and goes straight up there. */
    public Plot staircase(double[] xs, double[] ys, String looks) {
        StringBuilder points = new StringBuilder();
        double height = y.from();
        for (int i = 0; i < xs.length && xs[i] <= x.to(); i++) {
            points.append(point(xs[i], height)).append(point(xs[i], ys[i]));
            height = ys[i];
        }
        return line(points, looks);
    }

    /** A line through points, as far as they are within the plot's width. */
    public Plot path(double[] xs, double[] ys, String looks) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < xs.length && xs[i] <= x.to(); i++) {
            points.append(point(xs[i], ys[i]));
        }
        return line(points, looks);
    }

    /** What is between two lines. */
    public Plot band(double[] xs, double[] lows, double[] highs, String looks) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < xs.length; i++) {
            points.append(point(xs[i], highs[i]));
        }
        for (int i = xs.length - 1; i >= 0; i--) {
            points.append(point(xs[i], lows[i]));
        }
        body.append("<polygon class=\"")
                .append(looks)
                .append("\" points=\"")
                .append(points)
                .append("\"/>\n");
        return this;
    }

    /** A bar up from the plot's foot, with a note beside it. */
    public Plot bar(double fromX, double toX, double height, String looks, String note) {
        body.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s</title></rect>%n",
                looks,
                left(fromX),
                top(height),
                Math.max(1, left(toX) - left(fromX) - 1),
                HEIGHT - BOTTOM - top(height),
                Html.text(note)));
        return this;
    }

    /** A dot with a note beside it. */
    public Plot dot(double atX, double atY, String looks, String note) {
        body.append(String.format(
                Locale.ROOT,
                "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\"><title>%s</title></circle>%n",
                looks,
                left(atX),
                top(atY),
                Html.text(note)));
        return this;
    }

    /** A vertical line that marks a value, named at its foot. */
    public Plot mark(double atX, String name) {
        boolean late = x.position(atX) > 0.6;
        body.append(String.format(
                Locale.ROOT,
                "<line class=\"mark\" x1=\"%.1f\" x2=\"%1$.1f\" y1=\"%d\" y2=\"%d\"/>%n",
                left(atX),
                TOP,
                HEIGHT - BOTTOM));
        text(left(atX) + (late ? -6 : 6), HEIGHT - BOTTOM - 8.0, late ? "end" : "start", "name", name);
        return this;
    }

    public String svg(String description) {
        return String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n%s</svg>%n",
                WIDTH,
                HEIGHT,
                Html.text(description),
                body);
    }

    /**
     * The plot as a file of its own.
     *
     * @param style rules for its classes
     */
    public String document(String description, String style) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + svg(description)
                        .replaceFirst(
                                "<svg ",
                                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + 2 * WIDTH + "\" height=\""
                                        + 2 * HEIGHT + "\" ")
                        .replaceFirst(
                                ">\\R",
                                Matcher.quoteReplacement(">\n<style>\n" + style
                                        + "</style>\n<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n"));
    }

    private void vertical(double value) {
        grid(left(value), left(value), TOP, HEIGHT - BOTTOM);
        text(left(value), HEIGHT - BOTTOM + 18.0, "middle", "label", x.label().apply(value));
    }

    private void horizontal(double value) {
        grid(LEFT, WIDTH - RIGHT, top(value), top(value));
        text(LEFT - 7.0, top(value) + 4.5, "end", "label", y.label().apply(value));
    }

    private void grid(double x1, double x2, double y1, double y2) {
        body.append(String.format(
                Locale.ROOT,
                "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>%n",
                x1,
                x2,
                y1,
                y2));
    }

    private void text(double atX, double atY, String anchor, String looks, String content) {
        body.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                looks,
                atX,
                atY,
                anchor,
                Html.text(content)));
    }

    private Plot line(CharSequence points, String looks) {
        body.append("<polyline class=\"")
                .append(looks)
                .append("\" points=\"")
                .append(points)
                .append("\"/>\n");
        return this;
    }

    private String point(double atX, double atY) {
        return String.format(Locale.ROOT, "%.1f,%.1f ", left(atX), top(atY));
    }

    private double left(double value) {
        return LEFT + x.position(value) * (WIDTH - LEFT - RIGHT);
    }

    private double top(double value) {
        return HEIGHT - BOTTOM - y.position(value) * (HEIGHT - TOP - BOTTOM);
    }
}
