package org.torpeer.cli;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.PeerId;
import org.torpeer.api.Proof;
import org.torpeer.api.TorPeerException;
import org.torpeer.cli.json.Json;
import org.torpeer.cli.pow.ProofFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code torpeer pow verify}. */
@Command(
        name = "verify",
        description = "Checks a proof that 'pow solve' wrote, and that it is for whom and of what is expected.")
final class PowVerifyCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "The proof.")
    private Path file = Path.of("");

    @Option(names = "--network", paramLabel = "NAME", description = "The network it must be for (default: any).")
    private @Nullable String network;

    @Option(names = "--key", paramLabel = "HEX|ADDRESS", description = "The key it must be for (default: any).")
    private @Nullable String key;

    @Option(names = "--algorithm", paramLabel = "NAME", description = "The algorithm it must be of (default: any).")
    private @Nullable String algorithm;

    @Option(names = "--bits", paramLabel = "B", description = "The bits it must claim at least (default: any).")
    private int bits;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (bits < 0 || bits > 255) {
            throw new InvalidInputException("a difficulty is 0 to 255 bits, not " + bits);
        }
        NetworkId wantedNetwork = network == null ? null : NetworkId.of(network);
        PeerId wantedKey = key == null ? null : PeerKey.parse(key);
        ProofFile read = ProofFile.read(file);
        Proof proof = read.proof();
        require(
                wantedNetwork == null || wantedNetwork.equals(read.network()),
                "is for another network: " + read.network());
        require(wantedKey == null || wantedKey.equals(read.key()), "is for another key: " + read.key());
        require(
                algorithm == null || algorithm.equals(proof.algorithm()),
                "is of another algorithm: " + proof.algorithm());
        require(proof.bits() >= bits, "claims " + proof.bits() + " bits, and " + bits + " are asked for");
        require(score(read) >= proof.bits(), "does not hold: the nonce does not have " + proof.bits() + " bits");
        tell(read);
        return Program.DONE;
    }

    private int score(ProofFile read) {
        try {
            return read.score();
        } catch (TorPeerException e) {
            throw new InvalidInputException("the proof " + file + " cannot be checked: " + e.getMessage(), e);
        }
    }

    private void require(boolean met, String otherwise) {
        if (!met) {
            throw new InvalidInputException("the proof " + file + " " + otherwise);
        }
    }

    private void tell(ProofFile read) {
        Proof proof = read.proof();
        if (json) {
            Surroundings.out(spec)
                    .println(Json.line(Json.of(
                            "valid", true,
                            "network", read.network().name(),
                            "key", HexFormat.of().formatHex(read.key().toBytes()),
                            "proof", IdentityFacts.proof(proof))));
            return;
        }
        Surroundings.out(spec)
                .println("valid: " + IdentityFacts.text(proof) + ", for " + read.key() + " in "
                        + read.network().name());
    }
}
