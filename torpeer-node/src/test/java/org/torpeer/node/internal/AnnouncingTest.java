package org.torpeer.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.internal.BookWorld.Machine;
import org.torpeer.node.internal.book.BookShape;
import org.torpeer.testkit.TestSeed;

/** Who is announced when it was reached; in virtual time. */
class AnnouncingTest {
    private final Random random = TestSeed.random("AnnouncingTest");
    private final BookWorld world = new BookWorld(random, BookShape.DEFAULT);

    @Test
    void whoToldOnlyUsOfItselfIsAnnouncedOnce() {
        Machine seed = world.machine().start();
        Machine before = joined(seed);
        Machine newcomer = joined(seed);
        assertThat(announced(newcomer, before.runtime)).isEqualTo(1);
        world.run(Duration.ofHours(3));
        assertThat(announced(newcomer, before.runtime)).isEqualTo(1);
        assertThat(announced(newcomer, newcomer.runtime)).isZero();
    }

    @Test
    void ofWhomOthersToldIsNotAnnouncedWhenItIsFirstReached() {
        Machine seed = world.machine().start();
        Machine known = joined(seed);
        Machine newcomer = joined(seed);
        assertThat(newcomer.node().peers())
                .filteredOn(peer -> peer.id().equals(known.id()))
                .singleElement()
                .matches(peer -> peer.verified());
        assertThat(world.announced).noneMatch(announced -> announced.of().equals(known.id()));
        assertThat(announced(newcomer, known.runtime)).as("others are").isEqualTo(1);
    }

    private Machine joined(Machine seed) {
        Machine machine = world.machine().start();
        machine.node().join(List.of(seed.endpoint()));
        world.run(Duration.ofMinutes(1));
        return machine;
    }

    private long announced(Machine machine, NodeRuntime at) {
        return world.announced.stream()
                .filter(each -> each.at().equals(at) && each.of().equals(machine.id()))
                .count();
    }
}
