package org.torpeer.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.torpeer.node.LoopbackNodes.EASY;
import static org.torpeer.node.LoopbackNodes.PATIENCE;
import static org.torpeer.node.LoopbackNodes.await;
import static org.torpeer.node.LoopbackNodes.knows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.JoinException;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.Node;
import org.torpeer.api.Operation;
import org.torpeer.api.OperationCancelledException;
import org.torpeer.api.PeerStatus;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.RequestException;
import org.torpeer.api.RequestException.Reason;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.lookup.ProviderNotFoundException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.node.identity.IdentityException;
import org.torpeer.testkit.TestSeed;
import org.torpeer.transport.loopback.LoopbackNetwork;

class NodeTest {
    private final LoopbackNodes nodes = new LoopbackNodes(TestSeed.random("NodeTest"));

    @AfterEach
    void closeNodes() {
        nodes.close();
    }

    @Test
    void strangersFindEachOtherThroughARouterAndTalk() throws Exception {
        Node router = nodes.router();
        List<Node> participants = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            participants.add(nodes.participant());
        }
        for (Node participant : participants) {
            participant.join(List.of(router.endpoint())).await(PATIENCE);
        }
        for (Node one : participants) {
            for (Node other : participants) {
                if (!one.equals(other)) {
                    await(one, () -> knows(one, other.id()), "discovered");
                    byte[] body = ("from " + one.id()).getBytes(UTF_8);
                    assertThat(one.request(other.id(), "echo/1", body, PATIENCE).await(PATIENCE))
                            .isEqualTo(body);
                }
            }
        }
    }

    @Test
    void whatCannotBeDialedIsNeverPassedOn() throws Exception {
        Node router = nodes.router();
        Node hidden = nodes.participant();
        nodes.network().refuse(hidden.id());
        hidden.join(List.of(router.endpoint())).await(PATIENCE);
        await(router, () -> status(router, hidden) == PeerStatus.OFFLINE, "dialed back in vain");
        assertThat(knows(router, hidden.id())).isFalse();

        Node newcomer = nodes.participant();
        newcomer.join(List.of(router.endpoint())).await(PATIENCE);
        assertThat(newcomer.peers()).extracting(KnownPeer::id).containsExactly(router.id());
    }

    @Test
    void aRestartedNodeHasItsAddressAndItsPeers(@TempDir Path data) throws Exception {
        Node router = nodes.router();
        Node first = nodes.builder().data(data).start();
        first.join(List.of(router.endpoint())).await(PATIENCE);
        SignedPeerRecord before = first.record();
        first.close();

        Node again = nodes.start(nodes.builder().data(data));
        assertThat(again.id()).isEqualTo(before.peer());
        assertThat(again.record().content().supersedes(before.content())).isTrue();
        assertThat(again.peers()).extracting(KnownPeer::id).containsExactly(router.id());
        await(again, () -> status(again, router) == PeerStatus.ONLINE, "found its peer again without a seed");
        await(router, () -> status(router, again) == PeerStatus.ONLINE, "was dialed again");
    }

    @Test
    void aPeerThatWasOfflineAndDialsUsIsOnlineAgain() throws Exception {
        Node router = nodes.start(nodes.hasty().role(Role.ROUTER));
        Node peer = nodes.start(nodes.hasty());
        peer.join(List.of(router.endpoint())).await(PATIENCE);
        await(router, () -> knows(router, peer.id()), "verified");
        // The router too, so that the peer cannot be back before it was missed.
        nodes.network().vanish(router.id());
        nodes.network().vanish(peer.id());
        nodes.network().breakConnections(peer.id());
        nodes.network().breakConnections(router.id());
        await(router, () -> status(router, peer) == PeerStatus.OFFLINE, "dialed again in vain");
        nodes.network().heal(router.id());
        nodes.network().heal(peer.id());
        await(router, () -> status(router, peer) == PeerStatus.ONLINE, "found again");
    }

    @Test
    void joiningEndsThoughAPeerTurnsUsAway() throws Exception {
        Node router = nodes.router();
        Node closedShop = nodes.participant();
        closedShop.join(List.of(router.endpoint())).await(PATIENCE);
        await(router, () -> knows(router, closedShop.id()), "verified");
        nodes.network().failDials(closedShop.id(), TransportFailure.UNAUTHORIZED);
        Node newcomer = nodes.participant();
        assertThat(newcomer.join(List.of(router.endpoint())).await(PATIENCE)).isEqualTo(1);
    }

    @Test
    void whatIsWaitedForFailsWhenTheNodeCloses() {
        Node node = nodes.participant();
        Node hanging = nodes.participant();
        nodes.network().hang(hanging.id());
        Operation<Integer> joining = node.join(List.of(hanging.endpoint()));
        node.close();
        assertThatThrownBy(() -> joining.await(PATIENCE)).isInstanceOf(TorPeerException.class);
    }

    @Test
    void closingFromACallbackIsRefusedAndChangesNothing() throws Exception {
        Node node = nodes.participant();
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        node.handle("close/1", (from, body) -> {
            try {
                node.close();
            } catch (IllegalStateException e) {
                refused.complete(e);
            }
            return CompletableFuture.completedStage(body);
        });
        Node other = nodes.participant();
        other.join(List.of(node.endpoint())).await(PATIENCE);
        other.request(node.id(), "close/1", new byte[1], PATIENCE).await(PATIENCE);
        assertThat(refused).isCompleted();
        node.close();
        assertThatThrownBy(node::peers).isInstanceOf(RequestException.class);
    }

    @Test
    void moreProtocolsThanARecordHoldsAreRefusedAtOnce() {
        NodeBuilder builder = nodes.builder();
        for (int i = 0; i < 16; i++) {
            builder.handle(
                    "a-name-of-thirty-two-characters-" + (char) ('a' + i),
                    (from, body) -> CompletableFuture.completedStage(body));
        }
        assertThatThrownBy(builder::start).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void whatTheFolderRefusesIsRefusedBeforeATransportIsOpened(@TempDir Path folder) {
        nodes.start(nodes.builder().data(folder)).close();
        Supplier<Operation<Transport>> never = () -> {
            throw new AssertionError("it was opened");
        };
        NodeBuilder elsewhere = TorPeer.node("elsewhere").proof(EASY).data(folder);
        assertThatThrownBy(elsewhere.transport(never)::start)
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("made for the network 'test'");
        ProofRequirement harder = new ProofRequirement("sha256", "", 200, 0);
        assertThatThrownBy(nodes.builder().proof(harder).data(folder).transport(never)::start)
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("200 bits");
    }

    @Test
    void aTransportThatIsOpenedForANodeStaysOpen() {
        try (Node first = nodes.router();
                NodeRuntime runtime = NodeRuntime.system("transport");
                Transport transport =
                        LoopbackNetwork.named(nodes.loopback).orElseThrow().attach(runtime)) {
            Promise<Transport> opening = new Promise<>();
            Operation<Node> launch = nodes.builder().transport(() -> opening).launch();
            opening.complete(transport);
            launch.await(PATIENCE).close();
            try (Node again = nodes.builder().transport(transport).start()) {
                assertThat(again.join(List.of(first.endpoint())).await(PATIENCE))
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void aCancelledLaunchIsOverWhenItHasLetGoOfItsFolder(@TempDir Path folder) throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Promise<Transport> never = new Promise<>();
        Operation<Node> launch = nodes.builder()
                .data(folder.resolve("data"))
                .transport(() -> {
                    opening.countDown();
                    uninterrupted(goOn);
                    return never;
                })
                .launch();
        opening.await();
        launch.cancel();
        assertThat(launch.completion().toCompletableFuture()).isNotDone();
        goOn.countDown();
        assertThatThrownBy(() -> launch.await(PATIENCE)).isInstanceOf(OperationCancelledException.class);
        assertThat(never.isDone()).as("its waits are cancelled").isTrue();
        nodes.start(nodes.builder().data(folder.resolve("data")));
    }

    @Test
    void aGoodbyeIsHeard() throws Exception {
        Node router = nodes.router();
        Node leaver = nodes.participant();
        leaver.join(List.of(router.endpoint())).await(PATIENCE);
        await(router, () -> knows(router, leaver.id()), "verified");
        leaver.close();
        await(router, () -> status(router, leaver) == PeerStatus.LEFT, "left");
    }

    @Test
    void aPrivateNetworkDoesNotAnswerStrangers() throws Exception {
        Node router = nodes.start(nodes.hasty().role(Role.ROUTER).secret("sixteen bytes or more".getBytes(UTF_8)));
        Node member = nodes.start(nodes.builder().secret("sixteen bytes or more".getBytes(UTF_8)));
        member.join(List.of(router.endpoint())).await(PATIENCE);

        Node stranger = nodes.start(nodes.hasty());
        assertThatThrownBy(() -> stranger.join(List.of(router.endpoint())).await(Duration.ofMinutes(1)))
                .isInstanceOf(JoinException.class)
                .hasMessageContaining("of another network, or want another secret");
        assertThat(router.peers()).extracting(KnownPeer::id).containsExactly(member.id());
    }

    @Test
    void requestsFailForTypedReasons() throws Exception {
        Node server = nodes.start(nodes.builder()
                .handle("fails/1", (from, body) -> CompletableFuture.failedStage(new IllegalStateException("secret")))
                .handle("throws/1", (from, body) -> {
                    throw new IllegalStateException("secret");
                })
                .handle("silent/1", (from, body) -> new CompletableFuture<>())
                .handle("huge/1", (from, body) -> CompletableFuture.completedStage(new byte[Node.MAX_BODY_BYTES + 1])));
        Node client = nodes.participant();
        client.join(List.of(server.endpoint())).await(PATIENCE);
        assertReason(client, server, "none/1", new byte[1], PATIENCE, Reason.NO_SUCH_PROTOCOL);
        assertReason(client, server, "fails/1", new byte[1], PATIENCE, Reason.HANDLER_FAILED);
        assertReason(client, server, "throws/1", new byte[1], PATIENCE, Reason.HANDLER_FAILED);
        assertReason(client, server, "silent/1", new byte[1], Duration.ofMillis(100), Reason.TIMEOUT);
        assertReason(client, server, "huge/1", new byte[1], PATIENCE, Reason.TOO_LARGE);
        assertReason(client, server, "none/1", new byte[Node.MAX_BODY_BYTES + 1], PATIENCE, Reason.TOO_LARGE);
        assertReason(client, nodes.participant(), "echo/1", new byte[1], PATIENCE, Reason.UNKNOWN_PEER);

        nodes.network().vanish(server.id());
        nodes.network().breakConnections(server.id());
        await(client, () -> client.peers().stream().noneMatch(KnownPeer::connected), "disconnected");
        assertReason(client, server, "none/1", new byte[1], PATIENCE, Reason.UNREACHABLE);
    }

    @Test
    void theLargestBodyPasses() throws Exception {
        Node one = nodes.participant();
        Node other = nodes.participant();
        one.join(List.of(other.endpoint())).await(PATIENCE);
        byte[] body = new byte[Node.MAX_BODY_BYTES];
        TestSeed.random("theLargestBodyPasses").nextBytes(body);
        assertThat(one.request(other.id(), "echo/1", body, PATIENCE).await(PATIENCE))
                .isEqualTo(body);
    }

    @Test
    void aRouterCarriesNoApplicationTraffic() {
        Node router = nodes.router();
        assertThatThrownBy(() -> router.handle("chat/1", (from, body) -> CompletableFuture.completedStage(body)))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> nodes.builder()
                        .role(Role.ROUTER)
                        .handle("chat/1", (from, body) -> CompletableFuture.completedStage(body))
                        .launch())
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aHandlerAddedLaterIsInTheRecord() throws Exception {
        Node node = nodes.start(nodes.builder());
        Node other = nodes.participant();
        node.join(List.of(other.endpoint())).await(PATIENCE);
        await(other, () -> knows(other, node.id()), "verified");
        node.handle("late/1", (from, body) -> CompletableFuture.completedStage(body));
        assertThat(other.request(node.id(), "late/1", new byte[] {7}, PATIENCE).await(PATIENCE))
                .containsExactly(7);
        assertThat(node.record().content().protocols()).containsExactly("late/1");
    }

    @Test
    void noSeedThatAnswersIsAnErrorThatNamesThem() {
        Node node = nodes.start(nodes.hasty());
        Node gone = nodes.participant();
        gone.close();
        assertThatThrownBy(() -> node.join(List.of()).await(PATIENCE)).isInstanceOf(JoinException.class);
        assertThatThrownBy(() -> node.join(List.of(gone.endpoint())).await(Duration.ofMinutes(1)))
                .isInstanceOf(JoinException.class)
                .hasMessageContaining(gone.endpoint().toString());
    }

    @Test
    void recordsFromElsewhereAreDialedBeforeTheyCount() throws Exception {
        Node one = nodes.participant();
        Node two = nodes.participant();
        Node gone = nodes.participant();
        SignedPeerRecord dead = gone.record();
        gone.close();
        int verified = one.joinFrom(List.of(two.record(), dead)).await(PATIENCE);
        assertThat(verified).isEqualTo(1);
        assertThat(knows(one, two.id())).isTrue();
        assertThat(knows(one, dead.peer())).isFalse();
    }

    @Test
    void aFolderServesOneNodeOfItsNetworkAtATime(@TempDir Path data) {
        Node node = nodes.start(nodes.builder().data(data));
        assertThatThrownBy(() -> nodes.builder().data(data).start())
                .isInstanceOf(TorPeerException.class)
                .hasMessageContaining("another node uses the folder");
        node.close();
        assertThatThrownBy(() -> TorPeer.node("elsewhere")
                        .proof(LoopbackNodes.EASY)
                        .transport("loopback")
                        .data(data)
                        .start())
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("another folder");
    }

    @Test
    void aClosedNodeSaysSo() {
        Node node = nodes.participant();
        node.close();
        node.close();
        assertThatThrownBy(node::peers).isInstanceOf(RequestException.class);
        assertThatThrownBy(() -> node.join(List.of()).await(PATIENCE)).isInstanceOf(RequestException.class);
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void whatDoesNotExistIsNamed(NodeBuilder builder, String expected) {
        assertThatThrownBy(builder::start)
                .isInstanceOf(ProviderNotFoundException.class)
                .hasMessageContaining(expected);
    }

    static Stream<Arguments> impossible() {
        return Stream.of(
                Arguments.of(TorPeer.node("n").proof(LoopbackNodes.EASY).transport("pigeon"), "loopback"),
                Arguments.of(
                        TorPeer.node("n")
                                .proof(LoopbackNodes.EASY)
                                .transport("loopback")
                                .store("stone"),
                        "memory, mvstore"),
                Arguments.of(
                        TorPeer.node("n")
                                .proof(new ProofRequirement("luck", "", 1, 0))
                                .transport("loopback"),
                        "scrypt, sha256"));
    }

    private static PeerStatus status(Node node, Node of) {
        return node.peers().stream()
                .filter(peer -> peer.id().equals(of.record().peer()))
                .map(KnownPeer::status)
                .findFirst()
                .orElse(PeerStatus.UNKNOWN);
    }

    private static void assertReason(
            Node client, Node server, String protocol, byte[] body, Duration timeout, Reason reason) {
        assertThatThrownBy(() ->
                        client.request(server.id(), protocol, body, timeout).await(PATIENCE))
                .isInstanceOfSatisfying(
                        RequestException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    /** An interrupt would close the file of the store that is open by now. */
    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
