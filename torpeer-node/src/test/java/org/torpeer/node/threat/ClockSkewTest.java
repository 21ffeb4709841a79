package org.torpeer.node.threat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.LoopbackNodes;
import org.torpeer.node.internal.DelegatingRuntime;
import org.torpeer.testkit.TestSeed;
import org.torpeer.testkit.adversary.AttackingSession;

/** Records dated ahead, so that nothing their owners say later counts: at the boundary of what clocks may differ. */
class ClockSkewTest {
    private static final Instant WHOLE = Instant.parse("2026-06-01T00:00:00Z");
    private static final Duration SKEW = Duration.ofMinutes(10);
    private static final Duration GRANULE = Duration.ofMinutes(10);

    private final Random random = TestSeed.random("ClockSkewTest");

    @Test
    void exactlyTenMinutesAreAcceptedAndAGranuleMoreIsNot() throws Exception {
        try (AttackedNode attacked = at(WHOLE);
                AttackingSession session = attacked.authenticated()) {
            SignedPeerRecord within = attacked.bad.fromTheFuture(SKEW);
            SignedPeerRecord beyond = attacked.bad.fromTheFuture(SKEW.plus(GRANULE));
            session.offer(List.of(beyond));
            attacked.tellAndWait(session, within);
            attacked.assertHasNotHeardOf(List.of(beyond));
            attacked.assertServes(attacked.nodes.start(
                    AttackedNode.participant(attacked.nodes, LoopbackNodes.EASY).runtime(new StoppedClock(WHOLE))));
        }
    }

    @Test
    void oneMillisecondBeforeTheSameRecordIsRefused() throws Exception {
        try (AttackedNode attacked = at(WHOLE.minusMillis(1))) {
            SignedPeerRecord tenMinutesAndAMillisecondAhead = attacked.bad.fromTheFuture(SKEW.plus(GRANULE));
            assertThat(tenMinutesAndAMillisecondAhead.content().issued()).isEqualTo(WHOLE.plus(SKEW));
            SignedPeerRecord withinSkew = attacked.bad.fromTheFuture(SKEW);
            try (AttackingSession session = attacked.authenticated()) {
                session.offer(List.of(tenMinutesAndAMillisecondAhead));
                attacked.tellAndWait(session, withinSkew);
            }
            attacked.assertHasNotHeardOf(List.of(tenMinutesAndAMillisecondAhead));
        }
    }

    @Test
    void farFuturesAreRefusedWithoutAnOverflow() throws Exception {
        try (AttackedNode attacked = at(WHOLE);
                AttackingSession session = attacked.authenticated()) {
            Instant last = Instant.parse("9999-12-31T23:50:00Z");
            SignedPeerRecord never = attacked.bad.fromTheFuture(Duration.between(WHOLE, last));
            session.offer(List.of(never));
            attacked.tellAndWait(session, attacked.maker.record(attacked.newKey()));
            attacked.assertHasNotHeardOf(List.of(never));
        }
    }

    private AttackedNode at(Instant time) {
        LoopbackNodes nodes = new LoopbackNodes(random);
        return new AttackedNode(
                random,
                LoopbackNodes.EASY,
                nodes,
                AttackedNode.participant(nodes, LoopbackNodes.EASY).runtime(new StoppedClock(time)));
    }

    /** A wall clock that stands still; timers go on. */
    private static final class StoppedClock extends DelegatingRuntime {
        private final Instant at;

        StoppedClock(Instant at) {
            super(NodeRuntime.system("stopped"));
            this.at = at;
        }

        @Override
        public InstantSource clock() {
            return InstantSource.fixed(at);
        }
    }
}
