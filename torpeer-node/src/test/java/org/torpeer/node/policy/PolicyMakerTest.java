package org.torpeer.node.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.NetworkPolicy;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.SignedNetworkPolicy;
import org.torpeer.api.lookup.ProviderNotFoundException;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.testkit.TestSeed;

class PolicyMakerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration GRACE = PolicyMaker.DEFAULT_GRACE;
    private static final NetworkId NETWORK = NetworkId.of("test");

    private final SeedKey operator = SeedKey.generate(TestSeed.random("PolicyMakerTest"));
    private final PolicyMaker maker = new PolicyMaker(NETWORK, operator);
    private final NetworkPolicy first = NetworkPolicy.builtIn(bits(8, 0));

    @Test
    void whatIsAcceptedNowStaysAcceptedForTheGracePeriod() {
        NetworkPolicy raise = next(first, bits(10, 0), NOW.plusSeconds(60)).content();
        assertThat(raise.serial()).isEqualTo(1);
        assertThat(raise.previous()).containsExactly(bits(8, 0));
        NetworkPolicy again =
                next(raise, bits(12, 0), NOW.plus(Duration.ofDays(1))).content();
        assertThat(again.serial()).isEqualTo(2);
        assertThat(again.previous()).as("the lower floor stays").containsExactly(bits(8, 0));
        Instant settled = raise.settled();
        NetworkPolicy later =
                maker.next(raise, List.of(bits(12, 0)), settled, GRACE, settled).content();
        assertThat(later.previous()).containsExactly(bits(10, 0));
    }

    @Test
    void moreThanCanStayAcceptedIsRefused() {
        NetworkPolicy many = maker.next(
                        NetworkPolicy.builtIn(bits(8, 0)),
                        List.of(bits(8, 1), bits(8, 2), bits(8, 3), bits(8, 4)),
                        NOW,
                        GRACE,
                        NOW)
                .content();
        assertThatThrownBy(() -> next(many, bits(8, 5), NOW))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("wait until " + many.settled());
    }

    @Test
    void whatNobodyCanMeetIsNotDemanded() {
        assertThatThrownBy(() -> next(first, new ProofRequirement("luck", "", 1, 0), NOW))
                .isInstanceOf(ProviderNotFoundException.class);
        assertThatThrownBy(() -> next(first, new ProofRequirement("scrypt", "N=3,r=8,p=1", 1, 0), NOW))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> maker.next(first, List.of(), NOW, GRACE, NOW))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aFileIsReadForItsNetworkAndOperatorAlone(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("policy.txt");
        SignedNetworkPolicy policy = next(first, bits(10, 0), NOW);
        PolicyFile.write(policy, file);
        assertThat(PolicyFile.read(file, NETWORK, operator.id())).isEqualTo(policy);
        assertThatThrownBy(() -> PolicyFile.write(policy, file)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> PolicyFile.read(file, NetworkId.of("elsewhere"), operator.id()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("was not signed by");
        assertThatThrownBy(() ->
                        PolicyFile.read(file, NETWORK, SeedKey.of(new byte[32]).id()))
                .isInstanceOf(InvalidInputException.class);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length - 1; length += 13) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> PolicyFile.read(file, NETWORK, operator.id()))
                    .isInstanceOf(InvalidInputException.class);
        }
        Files.delete(file);
        assertThatThrownBy(() -> PolicyFile.read(file, NETWORK, operator.id()))
                .isInstanceOf(InvalidInputException.class);
    }

    private SignedNetworkPolicy next(NetworkPolicy current, ProofRequirement requirement, Instant effective) {
        return maker.next(current, List.of(requirement), effective, GRACE, NOW);
    }

    private static ProofRequirement bits(int bits, int epoch) {
        return new ProofRequirement("sha256", "", bits, epoch);
    }
}
