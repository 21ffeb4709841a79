package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "demo surplus",
                "demo --nodes many",
                "demo --nodes 2",
                "demo --nodes 51",
                "demo --transport pigeon",
                "demo --transport loopback --json /nowhere/at/all.json",
                "demo --json /",
                "lab --clients 0",
                "lab --clients 1000",
                "identity",
                "identity show",
                "identity create",
                "identity create --data d --algorithm rot13",
                "identity create --data d --bits 300",
                "identity create --data d --parameters N=3",
                "identity create --data d --easy --bits 4",
                "identity create --data d --easy --threads 0",
                "node",
                "node run",
                "node run --data d --transport pigeon",
                "node run --data d --transport loopback --easy --set networrk=x",
                "node run --data d --port 0",
                "node run --data d --port 65536",
                "node run --data d --join nobody.onion",
                "node run --data d --join http://[",
                "node run --data d --join ftp://127.0.0.1/",
                "node run --data d --join http:///x",
                "node run --data d --join http://user:word@127.0.0.1/",
                "node run --data d --join http://127.0.0.1:99999/",
                "node run --data= --transport loopback --easy",
                "node run --data d --tor-control=",
                "identity show --data=",
                "lab --dir=",
                "node run --data d --http 127.0.0.1:0",
                "node run --data d --router --http example.com:80",
                "node run --data d --router --http 127.0.0.1:70000",
                "node run --data d --router --http-onion",
                "node run --data d --tor-socks 127.0.0.1:1 --set socks=127.0.0.1:2",
                "node status",
                "node send --data d",
                "node send --data d peer",
                "--verbose=perhaps node status --data d",
                "pow",
                "pow calibrate",
                "pow calibrate --target 3s",
                "pow calibrate --target p95=-3s",
                "pow calibrate --target p95=NaNs",
                "pow calibrate --target p100=3s",
                "pow calibrate --target p95=99999999999999999999s",
                "pow calibrate --target p95=3s --device-factor NaN",
                "pow calibrate --target p95=3s --device-factor -1",
                "pow calibrate --target p95=3s --device-factor 1e300",
                "pow calibrate --target p95=3s --threads 0",
                "pow calibrate --target p95=3s --seconds NaN",
                "pow calibrate --target p95=3s --seconds -3",
                "pow calibrate --target p95=3s --seconds 1e300",
                "pow calibrate --target p95=3s --attackers /nowhere/at/all",
                "pow calibrate --target p95=3s --json /nowhere/at/all.json",
                "pow calibrate --target p95=3s --html /nowhere/at/all.html",
                "pow calibrate --target p95=3s --json /tmp/x --html /tmp/x",
                "pow bench --json=perhaps",
                "pow solve",
                "pow solve --out /nowhere/at/all.json --key KEY",
                "pow solve --out /tmp/none.json",
                "pow solve --out /tmp/none.json --key 1234",
                "pow solve --out /tmp/none.json --key KEY --data d",
                "pow solve --out /tmp/none.json --key KEY --bits -1",
                "pow solve --out /tmp/none.json --key KEY --bits NaN",
                "pow solve --out /tmp/none.json --key KEY --threads 0 --easy",
                "pow solve --out /tmp/none.json --key KEY --parameters N=1024,r=1,p=1",
                "pow solve --out /tmp/none.json --key KEY --checkpoint /tmp/none.json",
                "pow verify",
                "pow verify /nowhere --bits 256",
                "pow verify /nowhere --key 1234",
                "identity import --data d",
                "identity import --data d --easy --from /nowhere/at/all",
                "identity backup --data d",
                "identity restore --data d",
                "identity raise --data d --epoch 1",
                "identity raise --data d --bits 256",
                "identity raise --data d --bits -1",
                "identity revoke --data d",
                "identity rotate",
                "identity create --data d --easy --passphrase-file /nowhere/at/all",
                "identity create --data d --easy --passphrase",
                "node publish --data d",
                "identity create --data d --easy --bits 18",
                "identity create --data d --easy --algorithm scrypt",
                "node run --data d --easy --policy /nowhere",
                "node run --data d --easy --operator 1234",
                "node run --data d --easy --operator KEY --policy /nowhere",
                "policy",
                "policy keygen",
                "policy sign --network n --out /nowhere/at/all",
                "policy sign --key /nowhere --network n --out o --grace soon",
                "policy sign --key /nowhere --network n --out o --built-in hard",
                "policy sign --key /nowhere --network n --out o --built-in hard:1",
                "policy show",
                "policy show /nowhere --network n",
                "policy publish --data d /nowhere",
                "node ban --data d",
                "node ban --data d --for 24h",
                "node ban --data d 1234",
                "node ban --data d --for never KEY",
                "node ban --data d --for 0s KEY",
                "node ban --data d --list KEY",
                "node ban --data d --allow --remove KEY",
                "sim",
                "sim show",
                "sim show nothing",
                "sim run",
                "sim run nothing",
                "sim run /nowhere/at/all.scenario",
                "sim run bootstrap --nodes 0",
                "sim run bootstrap --nodes many",
                "sim run bootstrap --nodes 200000",
                "sim run bootstrap --seed x",
                "sim run bootstrap --seeds 0",
                "sim run bootstrap --crypto rot13",
                "sim run bootstrap --duration -5min",
                "sim run bootstrap --duration 5",
                "sim run bootstrap --set links.dial-failure=1.2",
                "sim run bootstrap --set nothing=1",
                "sim run bootstrap --set nothing",
                "sim run bootstrap --events",
                "sim run bootstrap --nodes 5 --out /dev/null",
                "sim run bootstrap --nodes 5 --out /dev/null/x",
                "sim run bootstrap --nodes 5 --out /",
                "sim replay",
                "sim replay /nowhere/at/all.json",
                "sim sweep --scenario bootstrap",
                "sim sweep --out d",
                "sim sweep /nowhere/at/all.grid --out d",
                "sim sweep --scenario bootstrap --vary nodes --out d",
                "sim sweep --scenario bootstrap --vary nodes=1 --out d",
                "sim sweep --scenario bootstrap --vary nodes=200000 --out d",
                "sim sweep --scenario bootstrap --vary nodes=5 --out /",
                "sim validate --seed x"
            })
    @DisplayName("a wrong command line is exit code 2, one line that says why, and nothing else")
    void refusesWrongUsage(String line) {
        String[] arguments = line.replace("--data d", "--data " + folder.resolve("d"))
                .replace("KEY", "0".repeat(64))
                .strip()
                .split(" ", line.isEmpty() ? 1 : 0);
        Run run = line.isEmpty() ? Run.of() : Run.of(arguments);
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("torpeer").hasLineCount(1).doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demo",
                "lab",
                "identity",
                "identity create",
                "identity show",
                "identity import",
                "identity backup",
                "identity restore",
                "identity raise",
                "identity revoke",
                "identity rotate",
                "policy",
                "policy keygen",
                "policy sign",
                "policy show",
                "policy publish",
                "pow",
                "pow calibrate",
                "pow bench",
                "pow solve",
                "pow verify",
                "node",
                "node run",
                "node status",
                "node publish",
                "node ban",
                "node peers",
                "node send",
                "node stop",
                "sim",
                "sim list",
                "sim show",
                "sim run",
                "sim replay",
                "sim sweep",
                "sim validate"
            })
    @DisplayName("every command tells how it is used")
    void helps(String command) {
        Run run = Run.of((command + " --help").strip().split(" "));
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith(("Usage: torpeer " + command).strip()).contains("--verbose");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "peers", "stop", "send"})
    @DisplayName("without a running node, administration fails with one line that says how to start one")
    void needsARunningNode(String command) {
        String data = folder.resolve("nobody").toString();
        Run run = command.equals("send")
                ? Run.of("node", command, "--data", data, "abcdefgh", "hello")
                : Run.of("node", command, "--data", data);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(1).contains("no node runs in").contains("torpeer node run --data");
        assertThat(folder.resolve("nobody")).doesNotExist();
    }

    @Test
    @DisplayName("an unexpected error is one line, and shows where it is from on request only")
    void showsTheStackOnRequest() throws Exception {
        Path file = Files.createFile(folder.resolve("a file"));
        Run quiet = Run.of("identity", "create", "--easy", "--data", file.toString());
        assertThat(quiet.code()).isEqualTo(2);
        assertThat(quiet.err()).hasLineCount(1);
        Run verbose = Run.of("--verbose", "identity", "create", "--easy", "--data", file.toString());
        assertThat(verbose.code()).isEqualTo(2);
        assertThat(verbose.err()).startsWith(quiet.err()).contains("\tat org.torpeer.cli");
    }

    @Test
    @DisplayName("the version is told")
    void tellsItsVersion() {
        Run run = Run.of("--version");
        assertThat(run.code()).isZero();
        assertThat(run.out()).matches("torpeer [0-9].*\\R");
    }
}
