package org.torpeer.node.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.torpeer.node.internal.file.ArmorFuzz;
import org.torpeer.testkit.FuzzRun;

/** Each target for a few thousand inputs, from its seeds on. */
class FuzzIT {
    private static final Path SEEDS = Path.of("src/test/resources/fuzz");
    private static final Path FOUND = Path.of("target/fuzz");

    @ParameterizedTest
    @ValueSource(classes = {FrameFuzz.class, RecordFuzz.class, HandshakeFuzz.class, StoreFuzz.class, ArmorFuzz.class})
    void nothingEscapes(Class<?> target) throws Exception {
        long tried = FuzzRun.of(target, SEEDS.resolve(target.getSimpleName()), FOUND, 10_000);
        System.out.println(target.getSimpleName() + ": " + tried + " inputs");
        assertThat(tried).as("inputs tried").isGreaterThan(100);
    }
}
