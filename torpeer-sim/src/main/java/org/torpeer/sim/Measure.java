package org.torpeer.sim;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that is measured, known to results, files and reports by its name. Results may hold others than those listed
 * here: they are shown under their bare names.
 *
 * @param name as in JSON and CSV
 * @param title one line for people
 * @param unit what its numbers are
 */
public record Measure(String name, String title, Unit unit) {
    /** What a number is. */
    public enum Unit {
        NUMBER,
        SHARE,
        SECONDS,
        BYTES
    }

    public static final String UP = "up";
    public static final String DISCOVERED = "discovered";
    public static final String CONTACTED = "contacted";
    public static final String STALE = "stale";
    public static final String MALICIOUS = "malicious";
    public static final String SURROUNDED = "surrounded";
    public static final String ECLIPSED = "eclipsed";
    public static final String MOST_ECLIPSED = "mostEclipsed";
    public static final String MALICIOUS_PARTNERS = "maliciousPartners";
    public static final String VICTIMS_PARTNERS = "victimsPartners";
    public static final String COMPONENT = "component";
    public static final String MESSAGES = "messages";
    public static final String BYTES = "bytes";
    public static final String DIALS = "dials";
    public static final String FAILED_DIALS = "failedDials";
    public static final String EVENTS = "events";
    public static final String MESSAGES_PER_NODE = "messagesPerNode";
    public static final String BYTES_PER_NODE = "bytesPerNode";
    public static final String DIALS_PER_NODE = "dialsPerNode";
    public static final String CLUSTERING = "clustering";
    public static final String PATH_LENGTH = "pathLength";

    private static final Map<String, Measure> KNOWN = new LinkedHashMap<>();

    static {
        add(UP, "nodes running", Unit.NUMBER);
        add(DISCOVERED, "pairs of running nodes of which the first knows the second", Unit.SHARE);
        add(CONTACTED, "pairs of running nodes of which the first has authenticated the second", Unit.SHARE);
        add(STALE, "of what running nodes know, not running", Unit.SHARE);
        add(MALICIOUS, "of what honest running nodes know, malicious", Unit.SHARE);
        add(SURROUNDED, "surrounded nodes, whose dialed sessions are with malicious ones alone", Unit.NUMBER);
        add(ECLIPSED, "eclipsed nodes, that are surrounded and would dial malicious ones alone", Unit.NUMBER);
        add(MOST_ECLIPSED, "most eclipsed nodes at a time", Unit.NUMBER);
        add(MALICIOUS_PARTNERS, "of those honest running nodes would connect with, malicious", Unit.SHARE);
        add(VICTIMS_PARTNERS, "of those the victims would connect with, malicious", Unit.SHARE);
        add(COMPONENT, "running nodes in the largest component of sessions", Unit.SHARE);
        add(MESSAGES, "chunks delivered", Unit.NUMBER);
        add(BYTES, "bytes delivered", Unit.BYTES);
        add(DIALS, "dials ended", Unit.NUMBER);
        add(FAILED_DIALS, "dials failed", Unit.NUMBER);
        add(EVENTS, "events run", Unit.NUMBER);
        add(MESSAGES_PER_NODE, "chunks delivered to a node", Unit.NUMBER);
        add(BYTES_PER_NODE, "bytes delivered to a node", Unit.BYTES);
        add(DIALS_PER_NODE, "dials of a node", Unit.NUMBER);
        add(CLUSTERING, "clustering of the sessions", Unit.NUMBER);
        add(PATH_LENGTH, "mean path over sessions, in hops", Unit.NUMBER);
    }

    /** The measure of that name; one that is titled by it, if it is not among those known. */
    public static Measure named(String name) {
        Measure known = KNOWN.get(name);
        return known == null ? new Measure(name, name, Unit.NUMBER) : known;
    }

    private static void add(String name, String title, Unit unit) {
        KNOWN.put(name, new Measure(name, title, unit));
    }
}
