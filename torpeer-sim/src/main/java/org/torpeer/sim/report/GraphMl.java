package org.torpeer.sim.report;

import java.io.IOException;
import java.io.Writer;
import org.torpeer.sim.Snapshot;

/** A network as GraphML, with what is known of its nodes. */
final class GraphMl {
    private GraphMl() {}

    static void write(Snapshot network, Writer to) throws IOException {
        to.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
                + "<key id=\"role\" for=\"node\" attr.name=\"role\" attr.type=\"string\"/>\n"
                + "<key id=\"up\" for=\"node\" attr.name=\"up\" attr.type=\"boolean\"/>\n"
                + "<key id=\"malicious\" for=\"node\" attr.name=\"malicious\" attr.type=\"boolean\"/>\n"
                + "<key id=\"known\" for=\"node\" attr.name=\"known\" attr.type=\"int\"/>\n"
                + "<graph id=\"sessions\" edgedefault=\"undirected\">\n");
        for (Snapshot.Vertex vertex : network.vertices()) {
            to.write("<node id=\"n" + vertex.number() + "\">"
                    + data("role", vertex.router() ? "router" : "participant")
                    + data("up", String.valueOf(vertex.up()))
                    + data("malicious", String.valueOf(vertex.malicious()))
                    + data("known", String.valueOf(vertex.known()))
                    + "</node>\n");
        }
        for (Snapshot.Link link : network.links()) {
            to.write("<edge source=\"n" + link.from() + "\" target=\"n" + link.to() + "\"/>\n");
        }
        to.write("</graph>\n</graphml>\n");
    }

    private static String data(String key, String value) {
        return "<data key=\"" + key + "\">" + value + "</data>";
    }
}
