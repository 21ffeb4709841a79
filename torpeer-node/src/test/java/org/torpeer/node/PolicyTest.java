package org.torpeer.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.torpeer.node.LoopbackNodes.PATIENCE;
import static org.torpeer.node.LoopbackNodes.await;
import static org.torpeer.node.LoopbackNodes.knows;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.JoinException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.NetworkPolicy;
import org.torpeer.api.Node;
import org.torpeer.api.NodeListener;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.Role;
import org.torpeer.api.SignedNetworkPolicy;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.identity.IdentityException;
import org.torpeer.node.identity.IdentityFile;
import org.torpeer.node.identity.IdentityMaker;
import org.torpeer.node.internal.HastyRuntime;
import org.torpeer.node.internal.ShiftedRuntime;
import org.torpeer.node.internal.TestIdentities;
import org.torpeer.node.policy.PolicyMaker;
import org.torpeer.proto.Frame;
import org.torpeer.proto.PolicyCodec;
import org.torpeer.proto.VerdictCode;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.testkit.TestSeed;

class PolicyTest {
    private static final Duration GRACE = Duration.ofHours(4);
    private static final ProofRequirement HIGHER = new ProofRequirement("sha256", "", 11, 0);

    private final Random random = TestSeed.random("PolicyTest");
    private final LoopbackNodes nodes = new LoopbackNodes(random);
    private final NodeRuntime clock = NodeRuntime.system("clock");
    private final Instant now = clock.clock().instant();
    private final TestIdentities identities = new TestIdentities(random, now);
    private final SeedKey operator = identities.key();
    private final PolicyMaker maker = new PolicyMaker(TestIdentities.NETWORK, operator);

    /** Effective in an hour. */
    private final SignedNetworkPolicy raise = maker.next(
            NetworkPolicy.builtIn(LoopbackNodes.EASY), List.of(HIGHER), now.plus(Duration.ofHours(1)), GRACE, now);

    @AfterEach
    void closeNodes() {
        nodes.close();
        clock.close();
    }

    @Test
    void aPolicyReachesEveryNodeAndIsKept(@TempDir Path data) throws Exception {
        Node router = nodes.start(governed().role(Role.ROUTER));
        Hearing hearing = new Hearing();
        Node far = nodes.start(governed().data(data).listener(hearing));
        Node near = nodes.start(governed());
        near.join(List.of(router.endpoint())).await(PATIENCE);
        far.join(List.of(router.endpoint())).await(PATIENCE);

        near.publish(raise).await(PATIENCE);
        assertThat(near.policy()).isEqualTo(raise.content());
        assertThat(hearing.heard.get(20, TimeUnit.SECONDS)).isEqualTo(raise.content());

        Hearing later = new Hearing();
        Node newcomer = nodes.start(governed().listener(later));
        newcomer.join(List.of(router.endpoint())).await(PATIENCE);
        assertThat(later.heard.get(20, TimeUnit.SECONDS)).isEqualTo(raise.content());
        assertThat(newcomer.policy()).isEqualTo(raise.content());

        far.close();
        Node again = nodes.start(governed().data(data));
        assertThat(again.policy()).isEqualTo(raise.content());
    }

    @Test
    void whatTheOperatorDidNotSayIsNotTaken() {
        Node node = nodes.start(governed());
        SignedNetworkPolicy byMallory = PolicyCodec.sign(raise.content(), TestIdentities.NETWORK, identities.key());
        SignedNetworkPolicy elsewhere = PolicyCodec.sign(raise.content(), NetworkId.of("elsewhere"), operator);
        for (SignedNetworkPolicy bogus : List.of(byMallory, elsewhere)) {
            assertThatThrownBy(() -> node.publish(bogus).await(PATIENCE))
                    .isInstanceOf(TorPeerException.class)
                    .hasMessageContaining("did not sign");
            assertThatThrownBy(() -> governed().policy(bogus).start()).isInstanceOf(InvalidInputException.class);
        }
        assertThat(node.policy().serial()).isZero();
        SignedNetworkPolicy second = maker.next(raise.content(), List.of(HIGHER), now, GRACE, now);
        node.publish(second).await(PATIENCE);
        assertThatThrownBy(() -> node.publish(raise).await(PATIENCE))
                .as("an older one, replayed")
                .isInstanceOf(TorPeerException.class)
                .hasMessageContaining("serial number 2");
        assertThat(node.policy()).isEqualTo(second.content());

        Node ungoverned = nodes.participant();
        assertThatThrownBy(() -> ungoverned.publish(raise).await(PATIENCE)).isInstanceOf(TorPeerException.class);
    }

    @Test
    void peersCannotForceOne() throws Exception {
        Node node = nodes.start(governed().handle("echo/1", (from, body) -> CompletableFuture.completedStage(body)));
        SignedNetworkPolicy byMallory = PolicyCodec.sign(raise.content(), TestIdentities.NETWORK, identities.key());
        try (RawPeer mallory = new RawPeer(nodes.network(), node.endpoint())) {
            assertThat(mallory.authenticate(identities.credentials(identities.key()), node.endpoint(), false, random)
                            .code())
                    .isEqualTo(VerdictCode.ACCEPT);
            for (int i = 0; i < 100; i++) {
                mallory.send(new Frame.Policy(byMallory));
            }
            mallory.send(new Frame.Ping(7));
            assertThat(mallory.receive(Frame.Pong.class).token()).isEqualTo(7);
        }
        try (RawPeer anonymous = new RawPeer(nodes.network(), node.endpoint())) {
            anonymous.authenticate(identities.credentials(identities.key()), node.endpoint(), true, random);
            anonymous.send(new Frame.Policy(raise));
            anonymous.expectClosed();
        }
        assertThat(node.policy().serial()).isZero();
    }

    @Test
    void oldProofsAreAcceptedWithinTheGracePeriodAndRefusedAfterIt(@TempDir Path folder) throws Exception {
        ShiftedRuntime time = new ShiftedRuntime(new HastyRuntime(NodeRuntime.system("shifted")));
        Node router = nodes.start(governed().role(Role.ROUTER).policy(raise).runtime(time));
        Path oldData = folder.resolve("old");
        Node old = nodes.start(TorPeer.node(LoopbackNodes.NETWORK)
                .proof(LoopbackNodes.EASY)
                .data(oldData)
                .transport("loopback", java.util.Map.of("network", nodes.loopback)));
        old.join(List.of(router.endpoint())).await(PATIENCE);
        await(router, () -> knows(router, old.id()), "before");
        assertThat(router.record().content().proof().bits())
                .as("made for what comes")
                .isEqualTo(11);

        time.ahead(Duration.ofHours(2));
        Node within = nodes.start(nodes.builder());
        within.join(List.of(router.endpoint())).await(PATIENCE);
        assertThat(knows(router, within.id()) || knows(within, router.id())).isTrue();

        time.ahead(GRACE.plus(Duration.ofHours(2)));
        await(router, () -> router.peers().isEmpty(), "left the table");
        assertThatThrownBy(() -> nodes.start(shifted(nodes.builder()))
                        .join(List.of(router.endpoint()))
                        .await(PATIENCE))
                .isInstanceOf(JoinException.class)
                .hasMessageContaining("PROOF_TOO_SMALL");

        old.close();
        assertThatThrownBy(() -> shifted(governed().policy(raise).data(oldData)).start())
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("identity raise");
        IdentityFile file = IdentityFile.in(oldData);
        file.raise(
                new IdentityMaker(clock).raise(file.load(), HIGHER, 1, oldData).await(PATIENCE), new char[0]);
        Node raised = nodes.start(shifted(governed().policy(raise).data(oldData)));
        assertThat(raised.id()).isEqualTo(file.load().id());
        raised.join(List.of(router.endpoint())).await(PATIENCE);
        await(router, () -> knows(router, raised.id()), "came back with a better proof");
    }

    @Test
    void whoRaisesWithinTheGracePeriodStaysAndWhoDoesNotIsRefusedAfterIt(@TempDir Path folder) throws Exception {
        List<ShiftedRuntime> clocks = new ArrayList<>();
        Path routerData = folder.resolve("router");
        SeedKey strong = identities.key();
        IdentityFile.in(routerData)
                .create(new Identity(
                        strong, TestIdentities.NETWORK, identities.proof(strong, TestIdentities.NETWORK, 11)));
        Node router = nodes.start(governed().role(Role.ROUTER).data(routerData).runtime(clock(clocks)));
        Hearing diligentHears = new Hearing();
        Hearing idleHears = new Hearing();
        Path diligentData = folder.resolve("diligent");
        Path idleData = folder.resolve("idle");
        Node diligent = governed()
                .data(diligentData)
                .listener(diligentHears)
                .runtime(clock(clocks))
                .start();
        Node idle = nodes.start(governed().data(idleData).listener(idleHears).runtime(clock(clocks)));
        diligent.join(List.of(router.endpoint())).await(PATIENCE);
        idle.join(List.of(router.endpoint())).await(PATIENCE);
        await(router, () -> knows(router, diligent.id()) && knows(router, idle.id()), "before");

        router.publish(raise).await(PATIENCE);
        assertThat(diligentHears.heard.get(20, TimeUnit.SECONDS)).isEqualTo(raise.content());
        assertThat(idleHears.heard.get(20, TimeUnit.SECONDS)).isEqualTo(raise.content());

        clocks.forEach(time -> time.ahead(Duration.ofHours(2)));
        diligent.close();
        IdentityFile file = IdentityFile.in(diligentData);
        ProofRequirement wanted = diligentHears.heard.get().toWorkFor(now.plus(Duration.ofHours(2)));
        file.raise(
                new IdentityMaker(clock)
                        .raise(file.load(), wanted, 1, diligentData)
                        .await(PATIENCE),
                new char[0]);
        ShiftedRuntime later = clock(clocks);
        later.ahead(Duration.ofHours(2));
        Node raised = nodes.start(governed().data(diligentData).runtime(later));
        assertThat(raised.id()).isEqualTo(diligent.id());
        assertThat(raised.policy()).as("kept from what peers told").isEqualTo(raise.content());
        raised.join(List.of(router.endpoint())).await(PATIENCE);
        await(router, () -> bits(router, raised) == 11, "the better proof is known");
        assertThat(knows(router, idle.id())).as("within the grace period").isTrue();

        clocks.forEach(time -> time.ahead(GRACE.plus(Duration.ofHours(2))));
        await(router, () -> !knows(router, idle.id()), "refused");
        assertThat(knows(router, raised.id())).isTrue();
        assertThat(bits(router, raised)).isEqualTo(11);
        idle.close();
        assertThatThrownBy(() -> shifted(governed().data(idleData)).start())
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("identity raise --bits 11");
    }

    private static ShiftedRuntime clock(List<ShiftedRuntime> clocks) {
        ShiftedRuntime time = new ShiftedRuntime(new HastyRuntime(NodeRuntime.system("shifted")));
        clocks.add(time);
        return time;
    }

    private static int bits(Node at, Node of) {
        return at.peers().stream()
                .filter(peer -> peer.id().equals(of.id()) && peer.verified())
                .mapToInt(peer -> peer.record().content().proof().bits())
                .findFirst()
                .orElse(0);
    }

    private NodeBuilder governed() {
        return nodes.builder().operator(operator.id());
    }

    private static NodeBuilder shifted(NodeBuilder builder) {
        ShiftedRuntime later = new ShiftedRuntime(new HastyRuntime(NodeRuntime.system("later")));
        later.ahead(GRACE.plus(Duration.ofHours(2)));
        return builder.runtime(later);
    }

    /** Hears of one policy. */
    private static final class Hearing implements NodeListener {
        private final CompletableFuture<NetworkPolicy> heard = new CompletableFuture<>();

        @Override
        public void policyChanged(NetworkPolicy policy) {
            heard.complete(policy);
        }
    }
}
