package org.torpeer.transport.tor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.torpeer.transport.tor.internal.Outcome.failureOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.Endpoint;
import org.torpeer.api.Operation;
import org.torpeer.api.OperationCancelledException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.ListenRequest;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportContext;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.testkit.TestSeed;

/** The transport beside a tor that misbehaves, or is the wrong one. */
@Timeout(60)
class TorTransportTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final NodeRuntime runtime = NodeRuntime.system("transport-test");
    private final SeededKey key = new SeededKey(TestSeed.random("TorTransportTest"));
    private final Endpoint peer = new Endpoint(key.id(), 7411);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void aLostControlConnectionMakesEveryFailureOurs() throws Exception {
        CountDownLatch lose = new CountDownLatch(1);
        try (ScriptedServer socks = new ScriptedServer(runtime.blocking(), TorTransportTest::refuse);
                ScriptedServer control = new ScriptedServer(runtime.blocking(), talk -> {
                    ready(talk);
                    lose.await();
                });
                Transport transport = open(control, socks).await(PATIENCE)) {
            assertThat(failureOf(transport.dial(peer, PATIENCE))).isEqualTo(TransportFailure.REFUSED);
            lose.countDown();
            TransportFailure next = TransportFailure.REFUSED;
            while (next == TransportFailure.REFUSED) {
                next = failureOf(transport.dial(peer, PATIENCE));
            }
            assertThat(next).isEqualTo(TransportFailure.LOCAL);
            assertThat(failureOf(transport.listen(new ListenRequest(key, 7411), Connection::close)))
                    .isEqualTo(TransportFailure.LOCAL);
        }
    }

    @Test
    void closeEndsDialsUnderWayAtOnce() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (ScriptedServer socks = new ScriptedServer(runtime.blocking(), talk -> {
                    introduced(talk);
                    asked.countDown();
                    talk.silence();
                });
                ScriptedServer control = new ScriptedServer(runtime.blocking(), talk -> {
                    ready(talk);
                    talk.silence();
                })) {
            Transport transport = open(control, socks).await(PATIENCE);
            CompletionStage<Connection> dial = transport.dial(peer, Duration.ofMinutes(5));
            asked.await();
            transport.close();
            assertThat(failureOf(dial)).isEqualTo(TransportFailure.LOCAL);
        }
    }

    @Test
    void openingCanBeCancelledWhileTorBootstraps() throws Exception {
        CountDownLatch bootstrapping = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        try (ScriptedServer socks = new ScriptedServer(runtime.blocking(), TorTransportTest::refuse);
                ScriptedServer control = new ScriptedServer(runtime.blocking(), talk -> {
                    authenticated(talk);
                    try {
                        while (true) {
                            answerBootstrap(talk, 40);
                            bootstrapping.countDown();
                        }
                    } catch (IOException e) {
                        gone.countDown();
                    }
                })) {
            Operation<Transport> opening = open(control, socks);
            bootstrapping.await();
            opening.cancel();
            assertThatThrownBy(() -> opening.await(PATIENCE)).isInstanceOf(OperationCancelledException.class);
            assertThat(gone.await(20, TimeUnit.SECONDS))
                    .as("its control connection is closed")
                    .isTrue();
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void anOldTorIsRefusedForThePublicNetworkUnlessForced() {
        TorBinary packaged = TorBinary.packaged(folder.resolve("packaged"));
        Map<String, String> settings = Map.of("binary", wrapper(packaged).toString());
        assertThatThrownBy(() -> open(settings).await(PATIENCE))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("0.4.7.13")
                .hasMessageContaining("install tor 0.4.8");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void anOwnedTorThatIsCancelledIsGone() throws Exception {
        Path binary = wrapper(TorBinary.packaged(folder.resolve("packaged")));
        CountDownLatch bootstrapping = new CountDownLatch(1);
        Operation<Transport> opening = open(Map.of("binary", binary.toString(), "force-old", "true"));
        opening.onProgress(progress -> {
            if (progress.step().equals("bootstrap")) {
                bootstrapping.countDown();
            }
        });
        assertThat(bootstrapping.await(30, TimeUnit.SECONDS)).isTrue();
        ProcessHandle tor = ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains(folder.toString()))
                .findFirst()
                .orElseThrow();
        opening.cancel();
        tor.onExit().get(20, TimeUnit.SECONDS);
    }

    @Test
    void aMissingOrWrongProgramIsNamed() {
        assertThatThrownBy(() -> open(Map.of("binary", "/no/such/tor")).await(PATIENCE))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("package named 'tor'");
        assertThatThrownBy(() -> open(Map.of("binary", "/bin/true")).await(PATIENCE))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("is it tor?");
    }

    /** The setting names a program, which finds the packaged libraries beside it through this script. */
    private Path wrapper(TorBinary packaged) {
        try {
            Path script = folder.resolve("tor.sh");
            Files.writeString(
                    script,
                    "#!/bin/sh\nLD_LIBRARY_PATH='" + packaged.executable().getParent() + "' exec '"
                            + packaged.executable() + "' \"$@\"\n");
            assertThat(script.toFile().setExecutable(true)).isTrue();
            return script;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Operation<Transport> open(ScriptedServer control, ScriptedServer socks) {
        Map<String, String> settings = new HashMap<>();
        settings.put("control", Literal.text(control.address()));
        settings.put("socks", Literal.text(socks.address()));
        return open(settings);
    }

    private Operation<Transport> open(Map<String, String> settings) {
        return new TorTransportProvider().open(new TransportContext(settings, folder, runtime));
    }

    private static void ready(ScriptedServer.Talk talk) throws IOException {
        authenticated(talk);
        answerBootstrap(talk, 100);
    }

    private static void authenticated(ScriptedServer.Talk talk) throws IOException {
        talk.hearLine();
        talk.say("250-AUTH METHODS=NULL\r\n250 OK\r\n");
        talk.hearLine();
        talk.say("250 OK\r\n");
        assertThat(talk.hearLine()).startsWith("SETEVENTS");
        talk.say("250 OK\r\n");
    }

    private static void answerBootstrap(ScriptedServer.Talk talk, int percent) throws IOException {
        talk.hearLine();
        talk.say("250-status/bootstrap-phase=NOTICE BOOTSTRAP PROGRESS=" + percent
                + " TAG=x SUMMARY=\"Busy\"\r\n250 OK\r\n");
    }

    private static void introduced(ScriptedServer.Talk talk) throws IOException {
        talk.hear(3);
        talk.say(5, 2);
        talk.hear(67);
        talk.say(1, 0);
    }

    private static void refuse(ScriptedServer.Talk talk) throws IOException {
        introduced(talk);
        talk.hear(7 + 62);
        talk.say(5, 5, 0, 1, 0, 0, 0, 0, 0, 0);
    }
}
