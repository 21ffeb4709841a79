package org.torpeer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.torpeer.testkit.FuzzRun;

/** Every seed of the fuzzer, and every input that once broke something; as a program it writes the seeds. */
class PeerListJsonFuzzSeedsTest {
    static final Path SEEDS = Path.of("src/test/resources/fuzz/PeerListJsonFuzz");

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        for (Map.Entry<String, byte[]> seed : seeds().entrySet()) {
            Files.write(folder.resolve(seed.getKey()), seed.getValue());
        }
    }

    @Test
    void seedsBreakNothing() throws Exception {
        for (Path seed : FuzzRun.seeds(SEEDS)) {
            PeerListJsonFuzz.fuzzerTestOneInput(Files.readAllBytes(seed));
        }
    }

    @Test
    void seedsAreWhatTheEncoderMakes() {
        seeds().forEach((name, bytes) -> assertThat(SEEDS.resolve(name)).hasBinaryContent(bytes));
    }

    private static Map<String, byte[]> seeds() {
        Random always = new Random(1);
        return Map.of(
                "none", PeerListJson.encode(List.of()),
                "two", PeerListJson.encode(Records.of(2, always)),
                "escaped", "{\"\\u0072ecords\" : [ ] }".getBytes(StandardCharsets.UTF_8));
    }
}
