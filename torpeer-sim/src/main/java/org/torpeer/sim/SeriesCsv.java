package org.torpeer.sim;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Samples through time as CSV (RFC 4180, numbers only, one line of names first). */
public final class SeriesCsv {
    private static final String END = "\r\n";

    private SeriesCsv() {}

    /**
     * Writes samples; the writer stays open.
     *
     * @throws IOException if the writer does
     */
    public static void write(List<Sample> series, Writer to) throws IOException {
        to.write("seconds,up,discovered,contacted,stale,messages,bytes,dials,failedDials,events" + END);
        for (Sample sample : series) {
            to.write(sample.seconds() + "," + sample.up() + "," + sample.discovered() + "," + sample.contacted() + ","
                    + sample.stale() + "," + sample.messages() + "," + sample.bytes() + "," + sample.dials() + ","
                    + sample.failedDials() + "," + sample.events() + END);
        }
    }
}
