package org.torpeer.pow;

import java.nio.file.Path;
import java.time.Duration;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.pow.MiningJob;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.pow.internal.ResumableSearch;
import org.torpeer.pow.internal.Sha256Algorithm;

/** A program that mines what cannot be found, writing its checkpoint often, until it is killed. */
final class MinerToKill {
    private MinerToKill() {}

    public static void main(String[] arguments) {
        try (NodeRuntime runtime = NodeRuntime.system("to-kill")) {
            byte[] prefix = new byte[PowAlgorithm.PREFIX_BYTES];
            MiningJob job = new MiningJob(new Sha256Algorithm(), "", prefix, 255, 0, 1);
            ResumableSearch.start(job, Path.of(arguments[0]), runtime.loop(), Duration.ofMillis(100))
                    .await(Duration.ofMinutes(2));
        }
    }
}
