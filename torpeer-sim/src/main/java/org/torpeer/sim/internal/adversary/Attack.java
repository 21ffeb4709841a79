package org.torpeer.sim.internal.adversary;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.torpeer.api.Endpoint;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.ListenRequest;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.node.identity.Identity;
import org.torpeer.proto.Frame;
import org.torpeer.sim.Adversary;
import org.torpeer.transport.loopback.LoopbackNetwork;
import org.torpeer.transport.loopback.virtual.VirtualRuntime;

/**
 * What an adversary does, from one host with many identities: it listens under each of them, dials its targets one after
 * the other under identities drawn at random, and tells everybody who asks of its own identities alone.
 */
public final class Attack {
    private static final Duration DIAL_TIMEOUT = Duration.ofSeconds(60);
    /** Announced to who lets an identity in; a node takes no more of them at once anyway. */
    private static final int ANNOUNCED = 4;
    /** Of a flood, to who lets an identity in: about as much as a node takes without throwing it out. */
    private static final int FLOODED = 96;

    private static final int QUESTIONS = 16;

    private final Adversary adversary;
    private final VirtualRuntime runtime;
    private final Transport transport;
    private final RandomGenerator random;
    private final List<Persona> personas = new ArrayList<>();
    private final Supplier<List<Endpoint>> targets;
    private final Lies lies;
    private long junk;

    /**
     * Prepares an attack.
     *
     * @param identities of a flood, every second one is of a host that is not there
     * @param targets whom to dial, asked again for every dial
     */
    public Attack(
            Adversary adversary,
            List<Identity> identities,
            VirtualRuntime runtime,
            LoopbackNetwork network,
            Supplier<List<Endpoint>> targets) {
        this.adversary = adversary;
        this.runtime = runtime;
        this.transport = network.attach(runtime);
        this.random = runtime.random();
        this.targets = targets;
        // What was issued before the attack began looks the same to those whose clocks are slow.
        Instant now = runtime.clock().instant();
        identities.forEach(identity -> personas.add(Persona.of(identity, now)));
        this.lies = new Lies(personas.stream().map(Persona::record).toList(), random);
    }

    /** Starts to listen and to dial. */
    public void begin() {
        for (int i = 0; i < personas.size(); i++) {
            if (there(i)) {
                listen(personas.get(i));
            }
        }
        if (!personas.isEmpty()) {
            dialLater();
        }
    }

    /** Whether somebody is there who can be dialed under an identity. */
    public boolean there(int number) {
        return adversary.kind() != Adversary.Kind.FLOOD || number % 2 == 0;
    }

    private void listen(Persona persona) {
        transport
                .listen(
                        new ListenRequest(persona.key(), Endpoint.DEFAULT_PORT),
                        connection -> runtime.loop().execute(() -> accept(persona, connection)))
                .whenComplete((listener, failure) -> {
                    if (failure != null) {
                        throw new IllegalStateException("the adversary cannot listen", failure);
                    }
                });
    }

    private void accept(Persona persona, Connection connection) {
        HostileSession.accepted(persona, connection, runtime.loop(), random, lies);
    }

    /** A Poisson process, so that nothing is in step with it. */
    private void dialLater() {
        double mean = Duration.ofMinutes(1).toNanos() / (double) adversary.dialsPerMinute();
        double pause = -StrictMath.log(1 - random.nextDouble()) * mean;
        runtime.loop().schedule(Duration.ofNanos((long) pause), () -> {
            dial();
            dialLater();
        });
    }

    private void dial() {
        List<Endpoint> there = targets.get();
        if (there.isEmpty()) {
            return;
        }
        Endpoint target = there.get(random.nextInt(there.size()));
        int number = random.nextInt(personas.size());
        Persona persona = personas.get(there(number) ? number : number - 1);
        transport
                .dial(target, DIAL_TIMEOUT)
                .whenCompleteAsync(
                        (connection, failure) -> {
                            if (connection != null) {
                                HostileSession.dialed(
                                        persona, connection, target.peer(), runtime.loop(), random, lies, this::letIn);
                            }
                        },
                        runtime.loop());
    }

    private void letIn(HostileSession session) {
        boolean flood = adversary.kind() == Adversary.Kind.FLOOD;
        lies.peers(flood ? FLOODED : ANNOUNCED).forEach(record -> session.send(new Frame.Announce(record)));
        if (flood) {
            flood(session);
        }
    }

    /** The last of it is what a node throws others out for. */
    private void flood(HostileSession session) {
        for (int id = 0; id < QUESTIONS; id++) {
            session.send(new Frame.GetPeers(id, Frame.MAX_RECORDS));
        }
        Persona liar = personas.get(random.nextInt(personas.size()));
        for (int i = 0; i < QUESTIONS; i++) {
            session.send(
                    new Frame.Announce(liar.junkProof(junk++, runtime.clock().instant())));
        }
    }
}
