package org.torpeer.pow.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;

/** A proof is for ever: these scores, computed by another implementation, must never change. */
class ScoresTest {
    private final Providers<PowAlgorithm> algorithms = Providers.powAlgorithms();

    @Test
    void scoresAreThoseOfTheVectorFile() throws IOException {
        List<String> vectors = vectors();
        assertThat(vectors).hasSizeGreaterThan(50);
        for (String vector : vectors) {
            String[] fields = vector.split("\\|", -1);
            byte[] prefix = HexFormat.of().parseHex(fields[2]);
            long nonce = Long.parseUnsignedLong(fields[3], 16);
            int score = Integer.parseInt(fields[4]);
            PowKernel kernel = algorithms.require(fields[0]).newKernel(fields[1]);
            assertThat(kernel.score(prefix, nonce)).as(vector).isEqualTo(score);
            assertThat(kernel.search(prefix, nonce, 1, Math.max(0, score)))
                    .as(vector)
                    .isEqualTo(score < 0 ? PowKernel.NONE : 0);
        }
    }

    private static List<String> vectors() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ScoresTest.class.getResourceAsStream("/scores.txt")), US_ASCII))) {
            return lines.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }
}
