package org.torpeer.sim.hazelcast;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.torpeer.sim.spi.SweepCluster;
import org.torpeer.sim.spi.SweepEngine;
import org.torpeer.sim.spi.SweepWorker;

/** A worker as a process of its own, at a free port of 127.0.0.1; it ends when its input does. */
final class WorkerProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final Process process;
    private final InetSocketAddress address;

    private WorkerProcess(Process process, InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    /** What the process runs. */
    public static void main(String[] arguments) throws IOException {
        List<InetSocketAddress> members = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            members.add(local(Integer.parseInt(arguments[i])));
        }
        try (SweepWorker worker =
                SweepEngine.present().require("hazelcast").work(local(0), new SweepCluster(arguments[0], members))) {
            System.out.println("port " + worker.address().getPort());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
        System.exit(0);
    }

    static WorkerProcess start(String cluster, WorkerProcess... others) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-XX:ActiveProcessorCount=1",
                "-cp",
                String.join(
                        ":",
                        System.getProperty("jdk.module.path", ""),
                        System.getProperty("java.class.path"),
                        "target/classes",
                        "target/test-classes"),
                WorkerProcess.class.getName(),
                cluster));
        for (WorkerProcess other : others) {
            command.add(String.valueOf(other.address.getPort()));
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        if (line == null || !line.startsWith("port ")) {
            process.destroyForcibly();
            throw new AssertionError("the worker did not start: " + line);
        }
        return new WorkerProcess(process, local(Integer.parseInt(line.substring(5))));
    }

    InetSocketAddress address() {
        return address;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Whether it ends by itself, with 0, now that nobody needs it. */
    boolean ends() throws IOException, InterruptedException {
        process.getOutputStream().close();
        return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
