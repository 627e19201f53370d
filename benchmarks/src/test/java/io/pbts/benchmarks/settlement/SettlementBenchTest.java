package io.pbts.benchmarks.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Gas does not depend on the machine, so that the bars are a test. */
class SettlementBenchTest {
    private static final Path CONTRACTS = Path.of("").toAbsolutePath().resolveSibling("contracts");

    @Test
    void everyFigureMeetsItsBarOnARealChain() throws Exception {
        String factory = Files.readString(CONTRACTS.resolve("artifacts/ReputationFactory.bin"));
        try (DevChain chain = DevChain.start(CONTRACTS)) {
            SettlementBench bench = SettlementBench.on(chain, factory);
            bench.repeat();

            for (Figure figure : Figure.values()) {
                assertThat(bench.of(figure)).as(figure.row()).singleElement().satisfies(value -> assertThat(
                                figure.meetsBar(value))
                        .as("%s is %s", figure.row(), value)
                        .isTrue());
            }
            assertThat(bench.readBack()).isGreaterThan(2 * 2_400 + 600);
        }
    }
}
