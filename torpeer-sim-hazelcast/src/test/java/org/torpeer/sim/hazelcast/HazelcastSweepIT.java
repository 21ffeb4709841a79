package org.torpeer.sim.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.TorPeerException;
import org.torpeer.sim.Grid;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.RunWatch;
import org.torpeer.sim.spi.SweepCluster;
import org.torpeer.sim.spi.SweepEngine;
import org.torpeer.sim.spi.SweepWatch;

/** Sweeps on workers that are processes of their own. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class HazelcastSweepIT {
    private static final SweepEngine ENGINE = SweepEngine.present().require("hazelcast");
    private static final String CLUSTER = "test-" + ProcessHandle.current().pid();

    private static @Nullable WorkerProcess first;

    /** One that both tests use, since a process takes its time to start; the second one kills it. */
    private static WorkerProcess worker() throws IOException {
        WorkerProcess started = first == null ? WorkerProcess.start(CLUSTER) : first;
        first = started;
        return started;
    }

    @AfterAll
    static void end() {
        if (first != null) {
            first.close();
        }
    }

    /** Keeps what comes back, and does something each time. */
    private static final class Results implements SweepWatch {
        private final Map<RunPlan, String> runs = new ConcurrentHashMap<>();
        private final List<String> news = new ArrayList<>();
        private final AtomicBoolean cancelled = new AtomicBoolean();
        private final Consumer<Results> each;

        Results(Consumer<Results> each) {
            this.each = each;
        }

        @Override
        public RunWatch begins(RunPlan plan) {
            return RunWatch.PATIENT;
        }

        @Override
        public void ended(RunPlan plan, String runJson) {
            assertThat(runs.put(plan, runJson)).as("a plan ended twice").isNull();
            each.accept(this);
        }

        @Override
        public void tell(String line) {
            news.add(line);
        }

        @Override
        public boolean cancelled() {
            return cancelled.get();
        }

        /** Without what is true of the machine only. */
        Map<RunPlan, String> comparable() {
            Map<RunPlan, String> comparable = new ConcurrentHashMap<>();
            runs.forEach((plan, json) -> comparable.put(
                    plan,
                    json.replaceAll("\"(jvm|wallSeconds|eventsPerSecond|heapBytesPerNode)\" : [^\\n]*\\n", "$1\n")));
            return comparable;
        }
    }

    @Test
    @Order(2)
    @Timeout(60)
    @DisplayName(
            "a sweep on two workers gives what it gives here, and does so when one of them is killed in the middle")
    void runs() throws Exception {
        List<RunPlan> plans = plans("flash-crowd", "4,8", "1..3");
        Results here = new Results(results -> {});
        SweepEngine.present().require(SweepEngine.LOCAL).run(plans, SweepCluster.NONE, here);
        assertThat(here.runs).hasSize(6);
        assertThat(here.runs.values()).allMatch(json -> json.contains("\"traceHash\" : \""));
        WorkerProcess one = worker();
        try (WorkerProcess other = WorkerProcess.start(CLUSTER, one)) {
            listensNowhereElse(one);
            Results there = new Results(results -> {});
            ENGINE.run(plans, cluster(one), there);
            assertThat(there.comparable()).isEqualTo(here.comparable());
            assertThat(there.news).isEmpty();

            List<RunPlan> more = plans("flash-crowd", "10", "1..20");
            AtomicBoolean killed = new AtomicBoolean();
            Results rest = new Results(results -> {
                if (killed.compareAndSet(false, true)) {
                    kill(one);
                }
            });
            ENGINE.run(more, cluster(one, other), rest);
            assertThat(rest.runs.keySet()).containsExactlyInAnyOrderElementsOf(more);
            assertThat(rest.news).isNotEmpty().allMatch(line -> line.contains("was lost; it is run again"));

            AtomicBoolean stopped = new AtomicBoolean();
            Results some = new Results(results -> stopped.set(results.cancelled.compareAndSet(false, true)));
            ENGINE.run(more, cluster(other), some);
            assertThat(some.runs).as("cancelled after the first").hasSizeBetween(1, 2);
            assertThat(other.ends()).isTrue();
        }
    }

    @Test
    @Order(1)
    @Timeout(60)
    @DisplayName("who is in another cluster, or nowhere, is not used; who needs no worker has none")
    void refuses() throws Exception {
        List<RunPlan> plans = plans("flash-crowd", "3", "1");
        Results none = new Results(results -> {});
        assertThatThrownBy(() -> ENGINE.run(plans, SweepCluster.NONE, none))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--members");
        assertThatThrownBy(() ->
                        ENGINE.work(new InetSocketAddress(InetAddress.getByAddress(new byte[4]), 0), SweepCluster.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not at all of them");
        WorkerProcess one = worker();
        assertThatThrownBy(() -> ENGINE.work(one.address(), SweepCluster.NONE))
                .isInstanceOf(TorPeerException.class)
                .isNotInstanceOf(InvalidInputException.class)
                .hasMessageMatching(
                        "cannot start a worker at 127\\.0\\.0\\.1:[0-9]+ \\(Address already in use\\): give it a"
                                + " port that is free");
        SweepCluster other = new SweepCluster("another", List.of(one.address()));
        assertThatThrownBy(() -> ENGINE.run(plans, other, none))
                .isInstanceOf(TorPeerException.class)
                .isNotInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no worker of the cluster another answers at 127.0.0.1:");
        assertThat(none.runs).isEmpty();
    }

    private static void listensNowhereElse(WorkerProcess worker) throws Exception {
        InetAddress elsewhere = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(
                            new InetSocketAddress(elsewhere, worker.address().getPort())))
                    .isInstanceOf(ConnectException.class);
        }
    }

    private static void kill(WorkerProcess worker) {
        try {
            worker.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SweepCluster cluster(WorkerProcess... workers) {
        List<InetSocketAddress> members = new ArrayList<>();
        for (WorkerProcess worker : workers) {
            members.add(worker.address());
        }
        return new SweepCluster(CLUSTER, members);
    }

    private static List<RunPlan> plans(String scenario, String nodes, String seeds) {
        return Grid.empty()
                .vary("scenario", scenario, "here")
                .vary("nodes", nodes, "here")
                .vary("seed", seeds, "here")
                .cells()
                .stream()
                .map(Grid.Cell::plan)
                .toList();
    }
}
