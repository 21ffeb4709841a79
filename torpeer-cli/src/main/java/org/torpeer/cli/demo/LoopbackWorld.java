package org.torpeer.cli.demo;

import java.util.Map;
import org.torpeer.api.Operation;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;

/** A network in memory; it lives as long as its nodes. */
record LoopbackWorld(String network) implements DemoWorld {
    static Operation<DemoWorld> start(NodeRuntime runtime) {
        Promise<DemoWorld> started = new Promise<>();
        started.complete(
                new LoopbackWorld("demo-" + Long.toHexString(runtime.random().nextLong())));
        return started;
    }

    @Override
    public String transport() {
        return "loopback";
    }

    @Override
    public Map<String, String> settings(int node) {
        return Map.of("network", network);
    }

    @Override
    public void close() {}
}
