package org.torpeer.sim.report;

import java.util.List;
import org.torpeer.sim.internal.plot.Html;
import org.torpeer.sim.internal.plot.Plot;

/**
 * A plot with all that belongs to it.
 *
 * @param name of its file, without extension
 * @param title above it
 * @param plot itself
 * @param looks of its lines, by class
 * @param names of its lines; no legend if there is one only
 * @param words below it
 */
record Chart(String name, String title, Plot plot, List<String> looks, List<String> names, String words) {
    String figure() {
        return "<figure>\n<h2>" + Html.text(title) + "</h2>\n" + plot.svg(description()) + legend() + "<figcaption>"
                + Html.text(words) + "</figcaption>\n</figure>\n";
    }

    String document(String style) {
        return plot.document(description(), style);
    }

    private String description() {
        return names.size() < 2 ? title : title + ": " + String.join("; ", names);
    }

    private String legend() {
        if (names.size() < 2) {
            return "";
        }
        StringBuilder legend = new StringBuilder("<ul class=\"legend\">\n");
        for (int i = 0; i < names.size(); i++) {
            legend.append("<li><svg viewBox=\"0 0 34 10\" aria-hidden=\"true\"><polyline class=\"line ")
                    .append(looks.get(i))
                    .append("\" points=\"0,5 34,5\"/></svg>")
                    .append(Html.text(names.get(i)))
                    .append("</li>\n");
        }
        return legend.append("</ul>\n").toString();
    }
}
