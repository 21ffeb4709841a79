package org.torpeer.sim.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Rows of values by column, as CSV (RFC 4180) and JSON; a row may lack some. */
final class TableText {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String END = "\r\n";

    private TableText() {}

    static String csv(Collection<String> columns, List<Map<String, String>> rows) {
        StringBuilder text = new StringBuilder(
                String.join(",", columns.stream().map(TableText::field).toList()) + END);
        for (Map<String, String> row : rows) {
            text.append(String.join(
                            ",",
                            columns.stream()
                                    .map(column -> field(row.getOrDefault(column, "")))
                                    .toList()))
                    .append(END);
        }
        return text.toString();
    }

    /** An array of objects; what looks like a number is one. */
    static String json(Collection<String> columns, List<Map<String, String>> rows) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartArray();
            for (Map<String, String> row : rows) {
                json.writeStartObject();
                for (String column : columns) {
                    String value = row.get(column);
                    json.writeFieldName(column);
                    if (value == null) {
                        json.writeNull();
                    } else if (value.matches("-?[0-9]{1,15}(\\.[0-9]{1,17})?(E-?[0-9]{1,3})?")
                            && !column.equals("traceHash")) {
                        json.writeNumber(value);
                    } else {
                        json.writeString(value);
                    }
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("a string took no text", e);
        }
        return text.toString();
    }

    private static String field(String value) {
        return value.matches("[^\",\r\n]*") ? value : "\"" + value.replace("\"", "\"\"") + "\"";
    }
}
