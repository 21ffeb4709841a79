package org.torpeer.node.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkPolicy;
import org.torpeer.api.Node;
import org.torpeer.api.OnionKey;
import org.torpeer.api.Operation;
import org.torpeer.api.OperationCancelledException;
import org.torpeer.api.PeerState;
import org.torpeer.api.Progress;
import org.torpeer.api.Proof;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.SignedNetworkPolicy;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.runtime.Background;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportContext;
import org.torpeer.api.spi.transport.TransportProvider;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.identity.IdentityDraft;
import org.torpeer.node.identity.IdentityException;
import org.torpeer.node.identity.IdentityFile;
import org.torpeer.node.identity.IdentityMaker;
import org.torpeer.node.identity.Rotation;
import org.torpeer.node.internal.book.BookShape;
import org.torpeer.node.internal.book.StoredEntry;
import org.torpeer.node.internal.crypto.Primitives;
import org.torpeer.node.internal.file.FolderLock;
import org.torpeer.node.internal.record.PolicyInForce;
import org.torpeer.node.internal.table.NodeStore;
import org.torpeer.proto.RecordCodec;

/** Brings a node up: folder, identity and transport (at the same time), store, listener. */
public final class NodeLaunch {
    /** Longer than any of the waits inside takes; those say better what is wrong. */
    private static final Duration FOREVER = Duration.ofDays(365);

    private final NodePlan plan;
    private final NodeRuntime runtime;
    private final Teardown teardown = new Teardown();
    private final List<Operation<?>> begun = new ArrayList<>();
    private boolean stopped;

    private NodeLaunch(NodePlan plan, NodeRuntime runtime) {
        this.plan = plan;
        this.runtime = runtime;
        teardown.add(runtime);
    }

    /** As {@link org.torpeer.node.NodeBuilder#launch}. */
    public static Operation<Node> start(NodePlan plan, NodeRuntime runtime) {
        NodeLaunch launch = new NodeLaunch(plan, runtime);
        return Background.start(runtime, launch::run, launch::stop);
    }

    private Node run(Consumer<Progress> progress) {
        try {
            return bringUp(progress);
        } catch (RuntimeException | Error e) {
            teardown.run();
            throw e;
        } finally {
            Arrays.fill(plan.passphrase(), '\0');
        }
    }

    /** An interrupt would close the store's file in whatever the store is doing. */
    private void stop() {
        List<Operation<?>> all;
        synchronized (this) {
            stopped = true;
            all = List.copyOf(begun);
        }
        all.forEach(Operation::cancel);
    }

    private <T> T await(Operation<T> operation) {
        T result = operation.await(FOREVER);
        requireWanted();
        return result;
    }

    /** With the launch, if that is cancelled. */
    private void ends(Operation<?> operation) {
        synchronized (this) {
            begun.add(operation);
        }
        requireWanted();
    }

    private synchronized void requireWanted() {
        if (stopped) {
            throw new OperationCancelledException("cancelled");
        }
    }

    private Node bringUp(Consumer<Progress> progress) {
        Path folder = plan.data() == null ? temporaryFolder() : lock(plan.data());
        NodeStore store =
                new NodeStore(Providers.peerStores().require(plan.store()).open(folder));
        teardown.add(store);
        PolicyInForce policy = policy(store);
        // What can be refused is, before Tor is brought up or a proof is searched.
        Identity kept = kept(plan.data(), policy.current());
        if (kept != null) {
            refuseIfRevoked(kept, store);
        }
        requireWanted();
        Operation<Transport> transport = transport(folder, progress);
        teardown.add(() -> transport.discard(this::closeOwn));
        ends(transport);
        Operation<Identity> identity = kept == null
                ? made(plan.data(), policy.current(), progress)
                : Promise.of(CompletableFuture.completedStage(kept));
        teardown.add(() -> identity.discard(made -> {}));
        ends(identity);
        Transport opened = await(transport);
        Identity ready = await(identity);
        if (kept == null) {
            refuseIfRevoked(ready, store);
        }
        Handover handover = handover(ready);
        NodeAssembly assembly = new NodeAssembly(
                plan, ready, handover, policy, Primitives.real(), BookShape.DEFAULT, store, opened, runtime, teardown);
        progress.accept(new Progress("publish", 0, "publishing " + ready.id()));
        Operation<Node> listening = Promise.of(assembly.start());
        ends(listening);
        Node node = await(listening);
        progress.accept(new Progress("publish", 1, "reachable at " + ready.id()));
        return node;
    }

    /** One that was opened for the node stays open. */
    private void closeOwn(Transport transport) {
        if (plan.opening() == null) {
            transport.close();
        }
    }

    private Operation<Transport> transport(Path folder, Consumer<Progress> progress) {
        Operation<Transport> opening =
                plan.opening() == null ? named(folder) : plan.opening().get();
        opening.onProgress(report ->
                progress.accept(new Progress("transport", report.fraction(), report.step() + ": " + report.detail())));
        return opening;
    }

    private Operation<Transport> named(Path folder) {
        TransportProvider provider = Providers.transports().require(plan.transportName());
        return provider.open(new TransportContext(plan.transportSettings(), folder, runtime));
    }

    private PolicyInForce policy(NodeStore store) {
        PolicyInForce policy = new PolicyInForce(plan.network(), plan.operator(), plan.requirement());
        SignedNetworkPolicy kept = store.policy();
        if (kept != null && policy.genuine(kept)) {
            policy.take(kept);
        }
        SignedNetworkPolicy given = plan.policy();
        if (given == null) {
            return policy;
        }
        if (!policy.genuine(given)) {
            throw new InvalidInputException(
                    "the policy was not signed by the operator of this network: get another one");
        }
        if (policy.take(given)) {
            store.save(given);
        }
        return policy;
    }

    private Handover handover(Identity identity) {
        Path folder = plan.data();
        if (folder == null) {
            return new Handover(List.of());
        }
        return new Handover(
                Rotation.towards(
                                identity.id(),
                                Rotation.handovers(folder),
                                runtime.clock().instant())
                        .stream()
                        .filter(record -> RecordCodec.successorValid(record, plan.network())
                                && RecordCodec.signatureValid(record, plan.network()))
                        .toList());
    }

    private void refuseIfRevoked(Identity identity, NodeStore store) {
        for (StoredEntry peer : store.peers()) {
            SignedPeerRecord record = peer.record();
            if (record.peer().equals(identity.id())
                    && record.content().state() == PeerState.REVOKED
                    && RecordCodec.signatureValid(record, plan.network())) {
                throw new IdentityException(
                        identity.id() + " was revoked and is of no use any more: make an identity in another folder");
            }
        }
    }

    private @Nullable Identity kept(@Nullable Path folder, NetworkPolicy policy) {
        if (folder == null || !IdentityFile.in(folder).exists()) {
            return null;
        }
        Identity loaded = usable(IdentityFile.in(folder).load(plan.passphrase()), policy);
        IdentityDraft.of(folder).discard();
        return loaded;
    }

    private Operation<Identity> made(@Nullable Path folder, NetworkPolicy policy, Consumer<Progress> progress) {
        Operation<Identity> making =
                making(folder, policy.toWorkFor(runtime.clock().instant()));
        making.onProgress(report -> progress.accept(new Progress("identity", report.fraction(), report.detail())));
        return Promise.map(making, identity -> {
            if (folder != null) {
                IdentityFile.in(folder).create(identity, plan.passphrase());
                IdentityDraft.of(folder).discard();
            }
            return identity;
        });
    }

    private Operation<Identity> making(@Nullable Path folder, ProofRequirement wanted) {
        IdentityMaker maker = new IdentityMaker(runtime);
        OnionKey key = plan.key();
        if (folder == null) {
            return key == null
                    ? maker.create(plan.network(), wanted, plan.miningThreads())
                    : maker.create(key, plan.network(), wanted, plan.miningThreads());
        }
        IdentityDraft draft = IdentityDraft.of(folder);
        char[] seal = plan.passphrase().clone();
        return key == null
                ? maker.create(draft, plan.network(), wanted, plan.miningThreads(), seal)
                : maker.create(draft, key, plan.network(), wanted, plan.miningThreads(), seal);
    }

    private Identity usable(Identity identity, NetworkPolicy policy) {
        if (!identity.network().equals(plan.network())) {
            throw new IdentityException("the identity in this folder was made for the network '" + identity.network()
                    + "': use another folder for '" + plan.network() + "'");
        }
        if (plan.key() != null && !plan.key().id().equals(identity.id())) {
            throw new IdentityException("the identity in this folder is " + identity.id() + ", not "
                    + plan.key().id() + ": use another folder");
        }
        Instant now = runtime.clock().instant();
        if (!policy.accepts(identity.proof(), now)) {
            ProofRequirement wanted = policy.toWorkFor(now);
            throw new IdentityException("the proof in this folder ("
                    + identity.proof().algorithm() + ", "
                    + identity.proof().bits() + " bits) is not what the network demands (" + wanted.algorithm() + ", "
                    + wanted.minimumBits() + " bits): run 'identity raise " + options(wanted, identity.proof())
                    + "', or make an identity in another folder");
        }
        return identity;
    }

    /** Of another kind of proof, all that tells it from ours. */
    private static String options(ProofRequirement wanted, Proof own) {
        String bits = "--bits " + wanted.minimumBits();
        if (wanted.sameKind(own) && wanted.epoch() == own.epoch()) {
            return bits;
        }
        String parameters = wanted.parameters().isEmpty() ? "" : " --parameters " + wanted.parameters();
        return bits + " --algorithm " + wanted.algorithm() + parameters + " --epoch " + wanted.epoch();
    }

    private Path lock(Path folder) {
        teardown.add(FolderLock.take(folder));
        return folder;
    }

    private Path temporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("torpeer-node");
            teardown.add(() -> deleteTree(folder));
            return folder;
        } catch (IOException e) {
            throw new TorPeerException("cannot make a temporary folder: " + e.getMessage(), e);
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        try (var tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
