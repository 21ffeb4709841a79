package org.torpeer.node.internal;

import dagger.Binds;
import dagger.BindsInstance;
import dagger.Component;
import dagger.Module;
import dagger.Provides;
import jakarta.inject.Singleton;
import org.torpeer.api.NodeListener;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.internal.book.AddressBook;
import org.torpeer.node.internal.book.BookShape;
import org.torpeer.node.internal.crypto.Primitives;
import org.torpeer.node.internal.door.Conduct;
import org.torpeer.node.internal.handshake.Credentials;
import org.torpeer.node.internal.record.PolicyInForce;
import org.torpeer.node.internal.record.RecordVerifier;
import org.torpeer.node.internal.session.SessionEvents;
import org.torpeer.node.internal.table.NodeStore;
import org.torpeer.node.internal.table.PeerJournal;
import org.torpeer.node.internal.tally.Tally;

/** The node's object graph. */
@Singleton
@Component(modules = NodeComponent.Wiring.class)
interface NodeComponent {
    RunningNode node();

    Acceptor acceptor();

    AddressBook book();

    Discovery discovery();

    Sessions sessions();

    RecordVerifier verifier();

    Conduct conduct();

    /** What exists before the node does. */
    @Component.Factory
    interface Factory {
        NodeComponent create(
                @BindsInstance NodePlan plan,
                @BindsInstance Identity identity,
                @BindsInstance Handover handover,
                @BindsInstance PolicyInForce policy,
                @BindsInstance Primitives primitives,
                @BindsInstance BookShape shape,
                @BindsInstance NodeStore store,
                @BindsInstance Transport transport,
                @BindsInstance NodeRuntime runtime,
                @BindsInstance Teardown teardown);
    }

    /** What needs more than a constructor. */
    @Module
    interface Wiring {
        @Binds
        SessionEvents sessionEvents(SessionReactions reactions);

        @Binds
        NodeListener listener(NodeListeners listeners);

        @Provides
        @Singleton
        static Credentials credentials(NodePlan plan, Identity identity, OwnRecord ownRecord, Primitives primitives) {
            return new Credentials(
                    plan.network(),
                    identity.key(),
                    plan.secret(),
                    ownRecord::current,
                    Credentials.VERSIONS,
                    primitives.signatures(),
                    primitives.codec());
        }

        @Provides
        @Singleton
        static RecordVerifier verifier(
                NodePlan plan, PolicyInForce policy, Primitives primitives, Tally tally, NodeRuntime runtime) {
            return new RecordVerifier(plan.network(), policy, primitives, tally, runtime);
        }

        @Provides
        @Singleton
        static AddressBook book(
                Identity identity, BookShape shape, NodeStore store, PeerJournal journal, NodeRuntime runtime) {
            return new AddressBook(
                    identity.id(),
                    shape,
                    store.bookState(runtime.random()),
                    runtime.loop().nanoTime(),
                    journal);
        }
    }
}
