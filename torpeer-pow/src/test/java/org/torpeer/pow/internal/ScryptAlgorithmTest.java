package org.torpeer.pow.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.testkit.PowAlgorithmContract;

class ScryptAlgorithmTest extends PowAlgorithmContract {
    @Override
    protected PowAlgorithm algorithm() {
        return new ScryptAlgorithm();
    }

    @Override
    protected String parameters() {
        return "N=16,r=1,p=1";
    }

    /** RFC 7914, section 12; the last vector's N = 1048576 is more than we accept. */
    @ParameterizedTest
    @CsvSource({
        "'', '', 16, 1, 1,"
                + "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906",
        "password, NaCl, 1024, 8, 16,"
                + "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
        "pleaseletmein, SodiumChloride, 16384, 8, 1,"
                + "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
    })
    void evaluatesAsTheStandardSays(String password, String salt, int n, int r, int p, String expected) {
        for (ScryptCandidate candidate : ScryptKernels.selection().correct()) {
            Scrypt scrypt = candidate.newScrypt(new ScryptParameters(n, r, p));
            byte[][] passwords = new byte[scrypt.lanes()][];
            Arrays.fill(passwords, password.getBytes(US_ASCII));
            byte[][] salts = new byte[scrypt.lanes()][];
            Arrays.fill(salts, salt.getBytes(US_ASCII));
            byte[][] hashes = new byte[scrypt.lanes()][64];
            scrypt.evaluate(new int[scrypt.tableWords()], passwords, salts, hashes);
            assertThat(List.of(hashes))
                    .as(candidate.name())
                    .allSatisfy(
                            hash -> assertThat(HexFormat.of().formatHex(hash)).isEqualTo(expected));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "N=2,r=1,p=1",
                "N=1024,r=8,p=1",
                "N=512,r=1,p=1",
                "N=1024,r=1,p=2",
                "N=32768,r=1,p=16",
                "N=65536,r=8,p=1",
                "N=1024,r=32,p=16"
            })
    void acceptsParameters(String parameters) {
        algorithm().checkParameters(parameters);
        assertThat(algorithm().memoryBytes(parameters)).isLessThan(70_000_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "N=1024, r=8, p=1",
                "N=01024,r=8,p=1",
                "N=+1024,r=8,p=1",
                "N=1024,r=8",
                "N=1024,p=1,r=8",
                "n=1024,r=8,p=1",
                "N=0,r=8,p=1",
                "N=1,r=8,p=1",
                "N=1023,r=8,p=1",
                "N=131072,r=8,p=1",
                "N=99999999999,r=8,p=1",
                "N=1024,r=0,p=1",
                "N=1024,r=33,p=1",
                "N=1024,r=8,p=0",
                "N=1024,r=8,p=17",
                "N=65536,r=1,p=1",
                "N=65536,r=8,p=2",
                "N=65536,r=16,p=1",
                "N=\u0661024,r=8,p=1"
            })
    void refusesParameters(String parameters) {
        assertThatThrownBy(() -> algorithm().checkParameters(parameters)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void refusesWhatHardwareExistsFor() {
        assertThatThrownBy(() -> algorithm().newKernel("N=1024,r=1,p=1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("dedicated mining hardware");
    }

    @Test
    void acceptsWhatTheDefaultsAskFor() {
        algorithm().checkParameters(ProofRequirement.DEFAULT.parameters());
        algorithm().checkParameters(ProofRequirement.EASY.parameters());
    }

    @Test
    void aMissedGateIsNoProofEvenOfNoBits() {
        PowKernel gate = new Sha256Kernel();
        PowKernel kernel = algorithm().newKernel(parameters());
        byte[] prefix = new byte[PowAlgorithm.PREFIX_BYTES];
        int passes = gate.search(prefix, 0, 1 << 20, ScryptAlgorithm.GATE_BITS);
        assertThat(passes).isPositive();
        assertThat(kernel.score(prefix, passes - 1)).isEqualTo(PowKernel.GATE_MISSED);
        assertThat(kernel.score(prefix, passes)).isNotNegative();
        assertThat(kernel.search(prefix, 0, 1 << 20, 0)).isEqualTo(passes);
    }
}
