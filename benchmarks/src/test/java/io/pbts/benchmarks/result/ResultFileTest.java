package io.pbts.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ResultFileTest {
    private static final Row ROW = Row.of(
            "merkle-64",
            "durable_receipts_per_s",
            Spread.of(List.of(30_000.0, 10_000.0, 20_000.0)),
            new Row.Peer("bar", 40_000),
            "all of it");

    @Test
    void hasTheFieldsThatOthersRead(@TempDir Path folder) throws IOException {
        Path written = new ResultFile(folder.resolve("results"), "receipts").write("2 x CPU", "abc", List.of(ROW));
        assertThat(written).hasFileName("receipts.json");
        assertThat(new JsonMapper().readTree(written.toFile())).isEqualTo(new JsonMapper().readTree("""
                {"machine": "2 x CPU", "commit": "abc", "rows": [{"name": "merkle-64", "unit": "durable_receipts_per_s",
                 "value": 20000.0, "min": 10000.0, "max": 30000.0, "peer": "bar", "peer_value": 40000.0, "ratio": 0.5,
                 "asserted": "all of it"}]}"""));
    }

    @Test
    void aFigureNeedsARepetitionAndSomethingToCompareWith() {
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Row.Peer("nobody", 0));
    }

    @Test
    void saysWhatMachineItWas() throws IOException {
        assertThat(Machine.describe()).matches("\\d+ x \\S.*, \\d+ GiB, JDK 25\\S*");
    }
}
