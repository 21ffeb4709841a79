package org.torpeer.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.torpeer.api.Proof;
import org.torpeer.api.Role;
import org.torpeer.cli.json.Json;

/** What a demonstration did, as JSON of schema {@code torpeer.demo/1}. */
final class DemoReport {
    /** A node of the demonstration. */
    record Member(String address, Role role, Proof proof) {}

    private final String transport;
    private final List<Member> members;
    private final DemoBook book;

    DemoReport(String transport, List<Member> members, DemoBook book) {
        this.transport = transport;
        this.members = List.copyOf(members);
        this.book = book;
    }

    String json(Duration wall) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("schema", "torpeer.demo/1");
        report.put("transport", transport);
        report.put("nodes", nodes());
        report.put("messages", book.messages().stream().map(this::message).toList());
        report.put("wallSeconds", Json.seconds(wall));
        return Json.line(report) + "\n";
    }

    private List<Map<String, Object>> nodes() {
        List<Map<String, Object>> nodes = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            Map<String, Object> node = new LinkedHashMap<>();
            node.put("address", member.address());
            node.put("role", member.role().name().toLowerCase(Locale.ROOT));
            node.put("proof", proof(member.proof()));
            node.put("discovered", discovered(i));
            nodes.add(node);
        }
        return nodes;
    }

    private static Map<String, Object> proof(Proof proof) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("algorithm", proof.algorithm());
        entry.put("bits", proof.bits());
        return entry;
    }

    private List<Map<String, Object>> discovered(int node) {
        List<Map<String, Object>> discovered = new ArrayList<>();
        book.foundBy(node).forEach((other, at) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("address", members.get(other).address());
            entry.put("seconds", Json.seconds(at));
            discovered.add(entry);
        });
        return discovered;
    }

    private Map<String, Object> message(DemoBook.Message message) {
        Optional<Duration> answer = book.answer(message);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("from", members.get(message.from()).address());
        entry.put("to", members.get(message.to()).address());
        entry.put("answered", answer.isPresent());
        answer.ifPresent(time -> entry.put("roundTripMillis", Math.round(time.toNanos() / 1e3) / 1e3));
        return entry;
    }
}
