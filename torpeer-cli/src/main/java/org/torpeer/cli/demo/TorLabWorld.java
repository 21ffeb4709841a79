package org.torpeer.cli.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.torpeer.api.Operation;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.transport.tor.TorLab;
import org.torpeer.transport.tor.TorLabClient;
import org.torpeer.transport.tor.TorLabOptions;

/** A private Tor network; the nodes share its clients evenly. */
record TorLabWorld(TorLab lab) implements DemoWorld {
    static Operation<DemoWorld> start(Path folder, NodeRuntime runtime) {
        return Promise.map(TorLab.start(TorLabOptions.in(folder), runtime), TorLabWorld::new);
    }

    @Override
    public String transport() {
        return "tor";
    }

    @Override
    public Map<String, String> settings(int node) {
        List<TorLabClient> clients = lab.clients();
        return clients.get(node % clients.size()).settings();
    }

    @Override
    public void close() {
        lab.close();
    }
}
