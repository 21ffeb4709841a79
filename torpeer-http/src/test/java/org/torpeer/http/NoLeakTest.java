package org.torpeer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.testkit.TestSeed;

class NoLeakTest {
    @TempDir
    Path folder;

    @Test
    void namesReachTheDialerUnresolved() throws Exception {
        Random random = TestSeed.random("NoLeakTest");
        String name = "n" + Long.toHexString(random.nextLong()) + ".example";
        Path store = SelfSigned.create(folder, "dns:" + name);
        byte[] list = PeerListJson.encode(Records.of(3, random));
        ServerSocket secured = SelfSigned.context(store)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try (ScriptedServer http = ScriptedServer.answering(answer(list));
                ScriptedServer https = ScriptedServer.of(secured, socket -> {
                    ScriptedServer.request(socket);
                    socket.getOutputStream().write(answer(list));
                })) {
            assertThat(run(http.port(), https.port(), store, name).lines())
                    .containsExactly(
                            "no resolver",
                            "dialed " + name + " 80",
                            "fetched 3",
                            "dialed " + name + " 443",
                            "fetched 3",
                            "fetched 3",
                            "UNREACHABLE");
        }
    }

    /** In a virtual machine whose every lookup fails. */
    private String run(int http, int https, Path store, String name) throws Exception {
        Path hosts = Files.createFile(folder.resolve("hosts"));
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.net.hosts.file=" + hosts,
                        "-cp",
                        classPath(),
                        WithoutResolver.class.getName(),
                        Integer.toString(http),
                        Integer.toString(https),
                        store.toString(),
                        name)
                .redirectError(folder.resolve("errors").toFile())
                .start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor())
                .as(output + Files.readString(folder.resolve("errors")))
                .isZero();
        return output;
    }

    private static String classPath() {
        return Stream.of(
                        Path.of("target", "test-classes").toAbsolutePath().toString(),
                        System.getProperty("jdk.module.path", ""),
                        System.getProperty("java.class.path", ""))
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static byte[] answer(byte[] list) {
        String head =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + list.length + "\r\n\r\n";
        return (head + new String(list, StandardCharsets.US_ASCII)).getBytes(StandardCharsets.US_ASCII);
    }
}
