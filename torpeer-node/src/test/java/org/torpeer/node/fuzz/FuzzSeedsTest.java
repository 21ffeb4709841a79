package org.torpeer.node.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.torpeer.node.internal.file.ArmorFuzz;
import org.torpeer.testkit.FuzzRun;

/** Every seed, and every input that once broke something, through its target. */
class FuzzSeedsTest {
    private static final Path SEEDS = Path.of("src/test/resources/fuzz");
    private static final Map<String, Consumer<byte[]>> TARGETS = Map.of(
            "FrameFuzz", FrameFuzz::fuzzerTestOneInput,
            "RecordFuzz", RecordFuzz::fuzzerTestOneInput,
            "HandshakeFuzz", HandshakeFuzz::fuzzerTestOneInput,
            "StoreFuzz", StoreFuzz::fuzzerTestOneInput,
            "ArmorFuzz", ArmorFuzz::fuzzerTestOneInput);

    @ParameterizedTest
    @ValueSource(strings = {"FrameFuzz", "RecordFuzz", "HandshakeFuzz", "StoreFuzz", "ArmorFuzz"})
    void seedsBreakNothing(String target) throws Exception {
        for (Path seed : FuzzRun.seeds(SEEDS.resolve(target))) {
            TARGETS.getOrDefault(target, input -> {}).accept(Files.readAllBytes(seed));
        }
    }

    @Test
    void seedsAreWhatTheEncodersMake() throws Exception {
        for (Map.Entry<String, byte[]> seed : SeedMaker.seeds().entrySet()) {
            assertThat(SEEDS.resolve(seed.getKey())).hasBinaryContent(seed.getValue());
        }
    }
}
