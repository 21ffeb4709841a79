package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.torpeer.api.OnionAddress;
import org.torpeer.cli.json.Field;
import org.torpeer.cli.json.Json;

/** Every field of a demonstration's report that says all went well. */
final class DemoReportCheck {
    private DemoReportCheck() {}

    static void complete(String json, String transport, int nodes) {
        Map<String, Object> report = Json.object(json);
        assertThat(report.keySet()).containsExactly("schema", "transport", "nodes", "messages", "wallSeconds");
        assertThat(report).containsEntry("schema", "torpeer.demo/1").containsEntry("transport", transport);
        double wall = Field.number(report, "wallSeconds");
        assertThat(wall).isPositive();
        List<String> addresses = new ArrayList<>();
        for (Map<?, ?> node : Field.objects(report, "nodes")) {
            assertThat(node.keySet()).isEqualTo(Set.of("address", "role", "proof", "discovered"));
            assertThat(node.get("role")).isEqualTo(addresses.isEmpty() ? "router" : "participant");
            assertThat(node.get("proof")).isEqualTo(Map.of("algorithm", "scrypt", "bits", 5L));
            addresses.add(Field.text(node, "address"));
        }
        assertThat(addresses)
                .hasSize(nodes)
                .doesNotHaveDuplicates()
                .allMatch(address -> address.equals(OnionAddress.parse(address).toString()));
        Field.objects(report, "nodes").forEach(node -> discoveredAll(node, addresses, wall));
        answeredAll(Field.objects(report, "messages"), addresses.subList(1, nodes));
    }

    private static void discoveredAll(Map<?, ?> node, List<String> addresses, double wall) {
        Set<Object> others = new HashSet<>(addresses);
        others.remove(node.get("address"));
        List<Object> found = new ArrayList<>();
        for (Map<?, ?> entry : Field.objects(node, "discovered")) {
            assertThat(entry.keySet()).isEqualTo(Set.of("address", "seconds"));
            assertThat(Field.number(entry, "seconds")).isBetween(0.0, wall);
            found.add(Field.of(entry, "address"));
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(others);
    }

    private static void answeredAll(List<Map<?, ?>> messages, List<String> participants) {
        Set<List<Object>> pairs = new HashSet<>();
        for (Map<?, ?> message : messages) {
            assertThat(message.keySet()).isEqualTo(Set.of("from", "to", "answered", "roundTripMillis"));
            assertThat(message.get("answered")).isEqualTo(true);
            assertThat(Field.number(message, "roundTripMillis")).isPositive();
            pairs.add(List.of(Field.of(message, "from"), Field.of(message, "to")));
        }
        Set<List<Object>> wanted = new HashSet<>();
        for (String from : participants) {
            participants.stream().filter(to -> !to.equals(from)).forEach(to -> wanted.add(List.of(from, to)));
        }
        assertThat(messages).hasSize(wanted.size());
        assertThat(pairs).isEqualTo(wanted);
    }
}
