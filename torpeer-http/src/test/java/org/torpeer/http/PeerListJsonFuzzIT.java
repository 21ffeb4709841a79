package org.torpeer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.torpeer.testkit.FuzzRun;

/** The JSON form for a few thousand inputs, from its seeds on. */
class PeerListJsonFuzzIT {
    @Test
    void nothingEscapes() throws Exception {
        long tried =
                FuzzRun.of(PeerListJsonFuzz.class, PeerListJsonFuzzSeedsTest.SEEDS, Path.of("target/fuzz"), 10_000);
        System.out.println("PeerListJsonFuzz: " + tried + " inputs");
        assertThat(tried).as("inputs tried").isGreaterThan(100);
    }
}
