package org.torpeer.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.OnionAddress;
import org.torpeer.api.PeerId;

/** Onion addresses, network ids and proof prefixes. */
final class IdentifierVectorTest {
    @Test
    void onionAddressesAreThoseOfTor() {
        for (Vectors vector : Vectors.file("onion.json").list("valid")) {
            String address = vector.text("address");
            PeerId key = PeerId.of(vector.hex("key"));
            assertThat(key.address()).hasToString(address);
            assertThat(OnionAddress.parse(address).peer()).isEqualTo(key);
            assertThat(OnionAddress.parse(address.toUpperCase(Locale.ROOT)).peer())
                    .isEqualTo(key);
            assertThat(OnionAddress.parse(key.address().serviceId()).peer()).isEqualTo(key);
        }
    }

    @Test
    void otherOnionAddressesAreRefused() {
        for (Vectors vector : Vectors.file("onion.json").list("invalid")) {
            assertThatExceptionOfType(InvalidInputException.class)
                    .as(vector.text("name"))
                    .isThrownBy(() -> OnionAddress.parse(vector.text("address")));
        }
    }

    @Test
    void networkIds() {
        for (Vectors vector : Vectors.file("network.json").list("list")) {
            assertThat(NetworkId.of(vector.text("name")).toBytes()).isEqualTo(vector.hex("id"));
        }
    }

    @Test
    void proofPrefixes() {
        for (Vectors vector : Vectors.file("pow.json").list("list")) {
            byte[] prefix = ProofPrefix.of(
                    NetworkId.of(vector.text("network")),
                    PeerId.of(vector.hex("key")),
                    vector.text("algorithm"),
                    vector.text("parameters"),
                    vector.integer("epoch"));
            assertThat(prefix).hasSize(44).isEqualTo(vector.hex("prefix"));
        }
    }

    @Test
    void aPrefixIsOfWhatARecordCanCarry() {
        NetworkId network = NetworkId.of("my-network");
        PeerId key = PeerId.of(new byte[32]);
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> ProofPrefix.of(network, key, "", "", 0));
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> ProofPrefix.of(network, key, "a".repeat(17), "", 0));
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> ProofPrefix.of(network, key, "scrypt", "p".repeat(33), 0));
    }
}
