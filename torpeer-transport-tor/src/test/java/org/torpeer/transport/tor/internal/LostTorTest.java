package org.torpeer.transport.tor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.torpeer.transport.tor.internal.Outcome.failureOf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.Endpoint;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.ListenRequest;
import org.torpeer.api.spi.transport.Listener;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportContext;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.testkit.TestSeed;

/** What a transport does when the tor it uses goes, and comes back knowing nothing of it. */
@Timeout(60)
class LostTorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final NodeRuntime runtime = NodeRuntime.system("lost-tor-test");
    private final Random random = TestSeed.random("LostTorTest");
    private final List<SeededKey> keys =
            Stream.generate(() -> new SeededKey(random)).limit(3).toList();
    /** Service ids, in the order in which a tor was told of them. */
    private final BlockingQueue<String> added = new LinkedBlockingQueue<>();

    private final BlockingQueue<String> deleted = new LinkedBlockingQueue<>();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void whatListensIsThereAgainWhenTorIsAndWhatWasClosedIsNot() throws Exception {
        try (ScriptedServer socks = new ScriptedServer(runtime.blocking(), talk -> {});
                ScriptedServer tor = new ScriptedServer(runtime.blocking(), this::serve);
                Transport transport = open(tor, socks)) {
            Listener closedBefore = listen(transport, keys.get(0));
            Listener closedMeanwhile = listen(transport, keys.get(1));
            Listener open = listen(transport, keys.get(2));
            closedBefore.close();
            assertThat(next(deleted)).isEqualTo(serviceId(keys.get(0)));
            List<String> before = addOnions(tor);
            assertThat(before).hasSize(3);
            added.clear();

            tor.drop();
            closedMeanwhile.close();
            assertThat(next(added)).isEqualTo(serviceId(keys.get(2)));
            assertThat(addOnions(tor)).as("the same key and ports").hasSize(4).endsWith(before.get(2));
            assertThat(open.endpoint().peer()).isEqualTo(keys.get(2).id());
            open.close();
            assertThat(next(deleted)).isEqualTo(serviceId(keys.get(2)));
        }
    }

    @Test
    void aServiceThatCannotBeAddedAgainAtOnceIsTriedLater() throws Exception {
        CountDownLatch refused = new CountDownLatch(1);
        CountDownLatch lost = new CountDownLatch(1);
        try (ScriptedServer socks = new ScriptedServer(runtime.blocking(), talk -> {});
                ScriptedServer tor = new ScriptedServer(runtime.blocking(), talk -> {
                    if (lost.getCount() == 0 && refused.getCount() > 0) {
                        ready(talk);
                        talk.hearLine();
                        refused.countDown();
                        talk.say("550 Onion address collision\r\n");
                        talk.silence();
                    } else {
                        serve(talk);
                    }
                });
                Transport transport = open(tor, socks)) {
            listen(transport, keys.get(0));
            assertThat(next(added)).isEqualTo(serviceId(keys.get(0)));
            lost.countDown();
            tor.drop();
            refused.await();
            assertThat(next(added)).isEqualTo(serviceId(keys.get(0)));
        }
    }

    @Test
    void aTransportThatIsClosedMeanwhileBringsNothingBack() throws Exception {
        CountDownLatch lost = new CountDownLatch(1);
        CountDownLatch coming = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (ScriptedServer socks = new ScriptedServer(runtime.blocking(), talk -> {});
                ScriptedServer tor = new ScriptedServer(runtime.blocking(), talk -> {
                    if (lost.getCount() > 0) {
                        serve(talk);
                        return;
                    }
                    authenticated(talk);
                    talk.hearLine();
                    coming.countDown();
                    try {
                        talk.hearLine();
                    } catch (IOException e) {
                        ended.countDown();
                    }
                })) {
            Transport transport = open(tor, socks);
            listen(transport, keys.get(0));
            lost.countDown();
            tor.drop();
            coming.await();
            assertThat(failureOf(transport.dial(new Endpoint(keys.get(1).id(), 1), PATIENCE)))
                    .as("tor does not say that it is ready")
                    .isEqualTo(TransportFailure.LOCAL);
            transport.close();
            assertThat(ended.await(20, TimeUnit.SECONDS))
                    .as("the connection that was being made is closed")
                    .isTrue();
            assertThat(addOnions(tor)).hasSize(1);
        }
    }

    private Listener listen(Transport transport, SeededKey key) throws Exception {
        CompletionStage<Listener> listening = transport.listen(new ListenRequest(key, 7411), Connection::close);
        return Outcome.get(listening);
    }

    private static String next(BlockingQueue<String> said) throws InterruptedException {
        String next = said.poll(20, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private static List<String> addOnions(ScriptedServer tor) {
        return tor.heard().stream()
                .map(line -> new String(line, StandardCharsets.ISO_8859_1).strip())
                .filter(line -> line.startsWith("ADD_ONION"))
                .toList();
    }

    private Transport open(ScriptedServer tor, ScriptedServer socks) {
        Map<String, String> settings =
                Map.of("control", Literal.text(tor.address()), "socks", Literal.text(socks.address()));
        return new TorTransportProvider()
                .open(new TransportContext(settings, folder, runtime))
                .await(PATIENCE);
    }

    /** A tor that publishes at once whatever it is told to. */
    private void serve(ScriptedServer.Talk talk) throws IOException {
        ready(talk);
        while (true) {
            String command = talk.hearLine();
            if (command.startsWith("ADD_ONION")) {
                String id = serviceId(keys.stream()
                        .filter(key -> command.contains(blob(key)))
                        .findFirst()
                        .orElseThrow());
                talk.say("250-ServiceID=" + id + "\r\n250 OK\r\n");
                for (String descriptor : List.of("one", "two")) {
                    talk.say("650 HS_DESC UPLOAD " + id + " UNKNOWN $relay " + descriptor + "\r\n");
                    talk.say("650 HS_DESC UPLOADED " + id + " UNKNOWN $relay\r\n");
                }
                added.add(id);
            } else {
                talk.say("250 OK\r\n");
                deleted.add(command.substring("DEL_ONION ".length()));
            }
        }
    }

    private static void ready(ScriptedServer.Talk talk) throws IOException {
        authenticated(talk);
        talk.hearLine();
        talk.say("250-status/bootstrap-phase=NOTICE BOOTSTRAP PROGRESS=100 TAG=done SUMMARY=\"Done\"\r\n250 OK\r\n");
    }

    private static void authenticated(ScriptedServer.Talk talk) throws IOException {
        talk.hearLine();
        talk.say("250-AUTH METHODS=NULL\r\n250 OK\r\n");
        talk.hearLine();
        talk.say("250 OK\r\n");
        assertThat(talk.hearLine()).startsWith("SETEVENTS");
        talk.say("250 OK\r\n");
    }

    private static String serviceId(SeededKey key) {
        return key.id().address().serviceId();
    }

    private static String blob(SeededKey key) {
        return Base64.getEncoder().encodeToString(key.expanded());
    }
}
