package org.torpeer.cli.node;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.torpeer.api.Node;
import org.torpeer.api.Operation;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.cli.json.Json;

/**
 * Joins through the seeds and lists given, over and over until it has worked once each: a node that starts before its
 * seed does finds it later. The pause doubles up to five minutes.
 */
final class Joining {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final NodeRunPlan plan;
    private final Node node;
    private final PeerLists lists;
    private final NodeEvents events;
    private final NodeRuntime runtime;
    private volatile boolean ended;

    Joining(NodeRunPlan plan, Node node, PeerLists lists, NodeEvents events, NodeRuntime runtime) {
        this.plan = plan;
        this.node = node;
        this.lists = lists;
        this.events = events;
        this.runtime = runtime;
    }

    void begin() {
        if (!plan.seeds().isEmpty()) {
            throughSeeds(FIRST_PAUSE);
        }
        plan.lists()
                .forEach(list -> runtime.blocking()
                        .newThread(() -> from(list, FIRST_PAUSE))
                        .start());
    }

    /** Tries no more. */
    void end() {
        ended = true;
    }

    private void throughSeeds(Duration pause) {
        follow(node.join(plan.seeds()), "the seeds", pause, () -> throughSeeds(longer(pause)));
    }

    private void from(URI list, Duration pause) {
        Runnable again = () ->
                runtime.blocking().newThread(() -> from(list, longer(pause))).start();
        try {
            List<SignedPeerRecord> records = lists.fetch(list);
            follow(node.joinFrom(records), list.toString(), pause, again);
        } catch (RuntimeException e) {
            failed(list.toString(), e, pause, again);
        }
    }

    private void follow(Operation<Integer> join, String through, Duration pause, Runnable again) {
        join.completion().whenComplete((peers, failure) -> {
            if (failure == null) {
                events.tell(
                        "joined",
                        "joined through " + through + ": " + peers + " peers verified",
                        Json.of("through", through, "verified", peers));
            } else {
                failed(through, failure, pause, again);
            }
        });
    }

    private void failed(String through, Throwable wrapped, Duration pause, Runnable again) {
        if (ended) {
            return;
        }
        Throwable failure = Promise.cause(wrapped);
        String why = String.valueOf(failure.getMessage());
        events.tell(
                "join-failed",
                "joining through " + through + " failed, trying again in " + pause.toSeconds() + " s: " + why,
                Json.of("through", through, "message", why, "againInSeconds", pause.toSeconds()));
        runtime.loop().schedule(pause, again);
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
