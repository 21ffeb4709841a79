package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.torpeer.api.OnionAddress;
import org.torpeer.cli.json.Json;

/** Every field of a demonstration's report that says all went well. */
final class DemoReportCheck {
    private DemoReportCheck() {}

    static void complete(String json, String transport, int nodes) {
        Map<String, Object> report = Json.object(json);
        assertThat(report.keySet()).containsExactly("schema", "transport", "nodes", "messages", "wallSeconds");
        assertThat(report).containsEntry("schema", "torpeer.demo/1").containsEntry("transport", transport);
        double wall = ((Number) report.get("wallSeconds")).doubleValue();
        assertThat(wall).isPositive();
        List<String> addresses = new ArrayList<>();
        for (Map<?, ?> node : objects(report.get("nodes"))) {
            assertThat(node.keySet()).isEqualTo(Set.of("address", "role", "proof", "discovered"));
            assertThat(node.get("role")).isEqualTo(addresses.isEmpty() ? "router" : "participant");
            assertThat(node.get("proof")).isEqualTo(Map.of("algorithm", "scrypt", "bits", 5L));
            addresses.add((String) node.get("address"));
        }
        assertThat(addresses)
                .hasSize(nodes)
                .doesNotHaveDuplicates()
                .allMatch(address -> address.equals(OnionAddress.parse(address).toString()));
        objects(report.get("nodes")).forEach(node -> discoveredAll(node, addresses, wall));
        answeredAll(objects(report.get("messages")), addresses.subList(1, nodes));
    }

    private static void discoveredAll(Map<?, ?> node, List<String> addresses, double wall) {
        Set<Object> others = new HashSet<>(addresses);
        others.remove(node.get("address"));
        List<Object> found = new ArrayList<>();
        for (Map<?, ?> entry : objects(node.get("discovered"))) {
            assertThat(entry.keySet()).isEqualTo(Set.of("address", "seconds"));
            assertThat(((Number) entry.get("seconds")).doubleValue()).isBetween(0.0, wall);
            found.add(entry.get("address"));
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(others);
    }

    private static void answeredAll(List<Map<?, ?>> messages, List<String> participants) {
        Set<List<Object>> pairs = new HashSet<>();
        for (Map<?, ?> message : messages) {
            assertThat(message.keySet()).isEqualTo(Set.of("from", "to", "answered", "roundTripMillis"));
            assertThat(message.get("answered")).isEqualTo(true);
            assertThat(((Number) message.get("roundTripMillis")).doubleValue()).isPositive();
            pairs.add(List.of(message.get("from"), message.get("to")));
        }
        Set<List<Object>> wanted = new HashSet<>();
        for (String from : participants) {
            participants.stream().filter(to -> !to.equals(from)).forEach(to -> wanted.add(List.of(from, to)));
        }
        assertThat(messages).hasSize(wanted.size());
        assertThat(pairs).isEqualTo(wanted);
    }

    private static List<Map<?, ?>> objects(Object array) {
        List<Map<?, ?>> objects = new ArrayList<>();
        for (Object element : (List<?>) array) {
            objects.add((Map<?, ?>) element);
        }
        return objects;
    }
}
