package org.torpeer.sim.report;

import org.torpeer.api.TorPeerException;
import org.torpeer.sim.ExperimentResult;
import org.torpeer.sim.RunJson;
import org.torpeer.sim.SeriesCsv;

/** Writes what came of an experiment. */
public final class Report {
    private Report() {}

    /**
     * Writes {@code run.json}, {@code series.csv} (every sample of every seed), {@code bands.csv} (means and confidence
     * intervals), {@code graph.graphml} (the first seed's network at its end), a plot in SVG for each curve, and {@code
     * report.html} with everything in it.
     *
     * @throws TorPeerException if a file cannot be written, or is there already
     */
    public static void write(ExperimentResult result, OutputFolder folder) {
        folder.write("run.json", to -> RunJson.write(result, to));
        folder.write("series.csv", to -> SeriesCsv.write(result, to));
        folder.write("bands.csv", to -> SeriesCsv.writeBands(result, to));
        folder.write("graph.graphml", to -> GraphMl.write(result.first().network(), to));
        String style = Asset.read("plot.css");
        for (Chart chart : Charts.compared(result)) {
            folder.write(chart.name() + ".svg", to -> to.write(chart.document(style)));
        }
        for (Chart chart : Charts.of(result)) {
            folder.write(chart.name() + ".svg", to -> to.write(chart.document(style)));
        }
        folder.write("report.html", to -> to.write(new ReportPage(result).text()));
    }
}
