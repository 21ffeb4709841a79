package org.torpeer.sim.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.torpeer.testkit.TestSeed;

final class NumbersTest {
    private final RandomGenerator random = TestSeed.random("NumbersTest");

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 255, 256, 257, 1000, 5000, 200_000})
    @DisplayName("is a set, however many of the numbers below its bound are in it")
    void isASet(int bound) {
        Numbers numbers = new Numbers(bound);
        for (int round = 0; round < 3; round++) {
            Set<Integer> expected = new HashSet<>();
            // In clusters, too, which a table finds hardest.
            int start = random.nextInt(bound);
            for (int i = 0; i < 12_000; i++) {
                int number = random.nextBoolean() ? random.nextInt(bound) : (start + i / 4) % bound;
                assertThat(numbers.contains(number)).isEqualTo(expected.contains(number));
                assertThat(numbers.add(number)).isEqualTo(expected.add(number));
                assertThat(numbers.contains(number)).isTrue();
                assertThat(numbers.size()).isEqualTo(expected.size());
                if (i < 100 || i % 1000 == 0) {
                    same(numbers, expected);
                }
            }
            same(numbers, expected);
            numbers.clear();
            same(numbers, Set.of());
        }
    }

    private static void same(Numbers numbers, Set<Integer> expected) {
        assertThat(numbers.stream().count()).as("each once").isEqualTo(expected.size());
        assertThat(numbers.stream().boxed().collect(Collectors.toSet())).isEqualTo(expected);
        Set<Integer> visited = new HashSet<>();
        numbers.forEach(visited::add);
        assertThat(visited).isEqualTo(expected);
    }
}
