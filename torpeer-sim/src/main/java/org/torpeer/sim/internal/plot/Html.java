package org.torpeer.sim.internal.plot;

import java.util.List;

/** Pieces of a page. */
public final class Html {
    private Html() {}

    /** Text as the content of an element or of a quoted attribute. */
    public static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A table in which every cell knows its column, for narrow screens that show rows as blocks. */
    public static String table(List<String> head, List<List<String>> rows) {
        StringBuilder table = new StringBuilder("<table>\n<thead><tr>");
        head.forEach(name -> table.append("<th>").append(text(name)).append("</th>"));
        table.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            table.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                table.append("<td data-name=\"")
                        .append(text(head.get(i)))
                        .append("\">")
                        .append(text(row.get(i)))
                        .append("</td>");
            }
            table.append("</tr>\n");
        }
        return table.append("</tbody>\n</table>\n").toString();
    }
}
