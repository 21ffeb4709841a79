package org.torpeer.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who has found whom, and which messages were answered. Nodes are counted from 0, the router first. Safe for several threads. */
final class DemoBook {
    /** One message of a participant to another. */
    record Message(int from, int to) {}

    private final int nodes;
    private final List<Map<Integer, Duration>> found = new ArrayList<>();
    private final Map<Message, Duration> answers = new LinkedHashMap<>();

    DemoBook(int nodes) {
        this.nodes = nodes;
        for (int node = 0; node < nodes; node++) {
            found.add(new LinkedHashMap<>());
        }
    }

    /** Whether the node had found all others but this one before. */
    synchronized boolean found(int node, int other, Duration sinceStart) {
        Map<Integer, Duration> known = found.get(node);
        return known.putIfAbsent(other, sinceStart) == null && known.size() == nodes - 1;
    }

    synchronized void answered(Message message, Duration roundTrip) {
        answers.put(message, roundTrip);
    }

    /** What a node has found, by when. */
    synchronized Map<Integer, Duration> foundBy(int node) {
        return new LinkedHashMap<>(found.get(node));
    }

    /** How long a message and its answer took, if it was answered. */
    synchronized Optional<Duration> answer(Message message) {
        return Optional.ofNullable(answers.get(message));
    }

    /** Each participant to each other. */
    List<Message> messages() {
        List<Message> all = new ArrayList<>();
        for (int from = 1; from < nodes; from++) {
            all.addAll(messagesFrom(from));
        }
        return all;
    }

    /** A participant to each other; a router sends none. */
    List<Message> messagesFrom(int from) {
        List<Message> all = new ArrayList<>();
        for (int to = 1; from > 0 && to < nodes; to++) {
            if (to != from) {
                all.add(new Message(from, to));
            }
        }
        return all;
    }

    synchronized boolean complete() {
        return missingNodes() == 0 && missingAnswers() == 0;
    }

    /** One line for a person. */
    synchronized String missing() {
        int pairs = nodes * (nodes - 1);
        int messages = messages().size();
        return (pairs - missingNodes()) + " of " + pairs + " discoveries and " + (messages - missingAnswers()) + " of "
                + messages + " messages were made";
    }

    private int missingNodes() {
        return nodes * (nodes - 1) - found.stream().mapToInt(Map::size).sum();
    }

    private int missingAnswers() {
        return messages().size() - answers.size();
    }
}
