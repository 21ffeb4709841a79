package org.torpeer.cli.node;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.torpeer.cli.json.Json;
import org.torpeer.cli.terminal.OneLine;

/** What happens to a node, a line each: a sentence, or a JSON object. Safe for several threads. */
public final class NodeEvents {
    private final PrintWriter out;
    private final boolean json;

    public NodeEvents(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    synchronized void tell(String event, String sentence, Map<String, ?> facts) {
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("event", event);
            object.putAll(facts);
            out.println(Json.line(object));
        } else {
            out.println(OneLine.of(sentence));
        }
        out.flush();
    }
}
