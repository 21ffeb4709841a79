package org.torpeer.cli.demo;

import java.time.Duration;
import org.torpeer.api.Endpoint;
import org.torpeer.api.Progress;
import org.torpeer.api.Role;

/** Shows a demonstration to a person. Called by several threads; must be quick. Nodes are counted from 0. */
public interface DemoView extends AutoCloseable {
    /** How far the network has come. */
    void network(Progress progress);

    /** How far the identities have come, all together. */
    void identities(Progress progress);

    void started(int node, Role role, Endpoint endpoint);

    /** One node has dialed and authenticated another. */
    void found(int node, int other, Duration sinceStart);

    /** A message came back with the right answer. */
    void answered(int from, int to, Duration roundTrip);

    /** Something went wrong and is tried again. */
    void trouble(String line);

    /** All that was to be shown. */
    void finished(String line);

    /** Leaves the terminal as it was. Further calls do nothing. */
    @Override
    void close();
}
