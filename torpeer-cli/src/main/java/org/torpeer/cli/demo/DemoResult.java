package org.torpeer.cli.demo;

/** Takes the report, as JSON. */
@FunctionalInterface
public interface DemoResult {
    void write(String json);
}
