package org.torpeer.testkit.adversary;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.torpeer.api.Endpoint;
import org.torpeer.api.runtime.Promise;
import org.torpeer.api.spi.transport.ListenRequest;
import org.torpeer.api.spi.transport.Listener;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.proto.VerdictCode;

/**
 * A peer that says whatever it likes: right handshakes where an attack needs them, any frames and any bytes, over any
 * transport. It dials and accepts; what it says it says in {@link AttackingSession}s. Calls wait for what they are about.
 * Used by one thread at a time, and so is each session; several sessions may be used by several threads.
 *
 * <p>{@link RecordMaker} makes what a persona shows, {@link BadRecords} records with one lie each, {@link ProtobufBombs} and
 * {@link BogusAnnouncements} what to fill sessions with.
 */
public final class AdversarialPeer {
    private static final Duration DIAL_TIMEOUT = Duration.ofSeconds(60);

    private final Transport transport;
    private final RandomGenerator random;
    private final Waiting waiting;

    /**
     * @param transport stays the caller's to close
     */
    public AdversarialPeer(Transport transport, RandomGenerator random, Waiting waiting) {
        this.transport = transport;
        this.random = random;
        this.waiting = waiting;
    }

    /** Connects, and says nothing yet. */
    public AttackingSession dial(Endpoint target) {
        return new AttackingSession(
                result(waiting, transport.dial(target, DIAL_TIMEOUT)), target.peer(), random, waiting);
    }

    /** Connects and is let in as the persona; an {@link AssertionError} if it is not. */
    public AttackingSession connect(Endpoint target, Persona persona) {
        AttackingSession session = dial(target);
        VerdictCode code = session.authenticate(persona).code();
        if (code != VerdictCode.ACCEPT) {
            session.close();
            throw new AssertionError("not let in: " + code);
        }
        return session;
    }

    /** Accepts under the persona's key, and says nothing yet to whoever dials. */
    public AttackingListener listen(Persona persona, int port) {
        AttackingListener listener = new AttackingListener(persona.key().id(), random, waiting);
        CompletionStage<Listener> open = transport.listen(new ListenRequest(persona.key(), port), listener::arrived);
        listener.opened(result(waiting, open));
        return listener;
    }

    static <T> T result(Waiting waiting, CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        waiting.until(future);
        try {
            return future.join();
        } catch (RuntimeException e) {
            throw new AssertionError("failed: " + Promise.cause(e), e);
        }
    }
}
