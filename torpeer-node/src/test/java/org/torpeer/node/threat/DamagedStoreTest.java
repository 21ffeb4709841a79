package org.torpeer.node.threat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.torpeer.node.LoopbackNodes.PATIENCE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.Node;
import org.torpeer.api.PeerId;
import org.torpeer.node.LoopbackNodes;
import org.torpeer.testkit.TestSeed;

/** Whatever became of the file of its peers, a node starts, is who it was, and finds its peers again. */
class DamagedStoreTest {
    private static final int DAMAGES = 6;

    private final Random random = TestSeed.random("DamagedStoreTest");
    private final LoopbackNodes nodes = new LoopbackNodes(random);

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void aNodeStartsFromAFileCutOffOrOverwritten(@TempDir Path folder) throws Exception {
        Node router = nodes.router();
        PeerId id = startAndJoin(folder, router);
        Path file = storeIn(folder);
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < DAMAGES; i++) {
            byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length));
            if (i % 2 == 1) {
                random.nextBytes(damaged);
            }
            Files.write(file, damaged);
            assertThat(startAndJoin(folder, router)).isEqualTo(id);
        }
    }

    private PeerId startAndJoin(Path folder, Node router) throws Exception {
        Node node = nodes.builder().data(folder).start();
        try {
            node.join(List.of(router.endpoint())).await(PATIENCE);
            assertThat(LoopbackNodes.knows(node, router.id())).isTrue();
            return node.id();
        } finally {
            node.close();
        }
    }

    private static Path storeIn(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.toString().endsWith(".mv"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
