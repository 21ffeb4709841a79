package org.torpeer.node.threat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.torpeer.api.Endpoint;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.proto.Frame;
import org.torpeer.testkit.TestSeed;
import org.torpeer.testkit.adversary.AttackingListener;
import org.torpeer.testkit.adversary.AttackingSession;
import org.torpeer.testkit.adversary.BogusAnnouncements;
import org.torpeer.testkit.adversary.Persona;

/** Hosts that do not exist: as many as an attacker likes to make up. */
class InvalidAddressFloodTest {
    private static final int MILLION = 1_000_000;
    private static final int BATCH = 500;
    /** For the node and the attacker together. */
    private static final Duration CPU_PER_RECORD = Duration.ofNanos(20_000);

    private static final double FLAT_MIB = 8;

    private final Random random = TestSeed.random("InvalidAddressFloodTest");
    private final AttackedNode attacked = new AttackedNode(random);

    @AfterEach
    void close() {
        attacked.close();
    }

    @Test
    void aMillionBogusRecordsLeaveNoTraceAndCostLittle() throws Exception {
        BogusAnnouncements bogus = new BogusAnnouncements(attacked.maker, random);
        flood(bogus, 20_000);
        double before = usedMib();
        Duration cpuBefore = cpu();

        CompletableFuture<Void> honest = new CompletableFuture<>();
        Thread meanwhile = new Thread(() -> {
            try {
                attacked.assertServes();
                honest.complete(null);
            } catch (Exception | AssertionError e) {
                honest.completeExceptionally(e);
            }
        });
        meanwhile.start();
        int personas = flood(bogus, MILLION);

        Duration spent = cpu().minus(cpuBefore);
        honest.join();
        System.out.printf("a million records of %d strangers: %d ms of CPU%n", personas, spent.toMillis());
        assertThat(spent).isLessThan(CPU_PER_RECORD.multipliedBy(MILLION));
        assertThat(attacked.node.peers().size())
                .as("strangers that came in person")
                .isLessThanOrEqualTo(personas + 3);
        assertThat(usedMib()).as("MiB in use").isCloseTo(before, within(FLAT_MIB));
        attacked.assertServes();
    }

    @Test
    void whatIsMadeUpInAnswerToTheNodesOwnQuestionIsNotTaken() throws Exception {
        Persona persona = attacked.newPersona();
        List<SignedPeerRecord> madeUp =
                Stream.generate(attacked.bad::forged).limit(Frame.MAX_RECORDS).toList();
        try (AttackingListener listener = attacked.mallory.listen(persona, Endpoint.DEFAULT_PORT)) {
            attacked.node.join(List.of(new Endpoint(persona.key().id(), Endpoint.DEFAULT_PORT)));
            AttackingSession session = listener.accept();
            session.admit(persona);
            int id = session.receive(Frame.GetPeers.class).id();
            session.send(new Frame.Peers(id, madeUp));
            session.awaitClose();
        }
        attacked.assertHasNotHeardOf(madeUp);
        attacked.assertServes();
    }

    /** Goes on under another name whenever the node has had enough of one; says how many names that took. */
    private int flood(BogusAnnouncements bogus, int records) {
        int personas = 1;
        AttackingSession session = attacked.authenticated();
        for (int sent = 0; sent < records; ) {
            if (session.sendBytes(bogus.next(BATCH))) {
                sent += BATCH;
            } else {
                session.close();
                session = attacked.authenticated();
                personas++;
            }
        }
        boolean stillWelcome = session.isAnswered();
        System.out.println("all was looked at; still welcome: " + stillWelcome);
        session.close();
        return personas;
    }

    private static double usedMib() {
        Runtime machine = Runtime.getRuntime();
        double least = Double.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, (machine.totalMemory() - machine.freeMemory()) / (1024.0 * 1024));
        }
        return least;
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
