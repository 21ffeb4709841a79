package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.Operation;
import org.torpeer.api.PeerId;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.internal.door.Conduct;
import org.torpeer.node.internal.door.Doorkeeper;
import org.torpeer.node.internal.session.Session;
import org.torpeer.node.internal.tally.Drop;
import org.torpeer.node.internal.tally.Tally;
import org.torpeer.proto.Frame;

/** The operator's word on who may come in: every call goes to the loop. */
@Singleton
final class DoorDesk implements Doorkeeper {
    private final PeerId self;
    private final Conduct conduct;
    private final Sessions sessions;
    private final Tally tally;
    private final NodeRuntime runtime;

    @Inject
    DoorDesk(Identity identity, Conduct conduct, Sessions sessions, Tally tally, NodeRuntime runtime) {
        this.self = identity.id();
        this.conduct = conduct;
        this.sessions = sessions;
        this.tally = tally;
        this.runtime = runtime;
    }

    @Override
    public Operation<Instant> ban(PeerId peer, Duration time) {
        return onLoop(() -> {
            requireOther(peer);
            Instant until = until(time);
            conduct.ban(peer, until);
            conduct.flush();
            for (Session session : List.copyOf(sessions.allWith(peer))) {
                session.goAway(Frame.Reason.LEAVING);
            }
            return until;
        });
    }

    @Override
    public Operation<PeerId> allow(PeerId peer) {
        return onLoop(() -> {
            requireOther(peer);
            conduct.allow(peer);
            conduct.flush();
            return peer;
        });
    }

    @Override
    public Operation<Boolean> pardon(PeerId peer) {
        return onLoop(() -> {
            boolean known = conduct.pardon(peer);
            conduct.flush();
            return known;
        });
    }

    @Override
    public Operation<Rulings> rulings() {
        return onLoop(() -> new Rulings(conduct.banned(), conduct.allowed()));
    }

    @Override
    public Map<Drop, Long> drops() {
        return tally.snapshot();
    }

    private Instant until(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new InvalidInputException("a ban lasts for more than no time");
        }
        try {
            return runtime.clock().instant().plus(time);
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidInputException("a ban of " + time + " ends after all time: make it shorter", e);
        }
    }

    private void requireOther(PeerId peer) {
        if (peer.equals(self)) {
            throw new InvalidInputException("this is the key of the node itself: name another one");
        }
    }

    private <T> Operation<T> onLoop(Supplier<T> action) {
        Promise<T> promise = new Promise<>();
        runtime.loop().execute(() -> {
            try {
                promise.complete(action.get());
            } catch (RuntimeException e) {
                promise.fail(e);
            }
        });
        return promise;
    }
}
