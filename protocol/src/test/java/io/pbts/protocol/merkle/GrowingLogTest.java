package io.pbts.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.hash.Sha256;
import java.util.ArrayList;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;

class GrowingLogTest {
    @Test
    void hasTheRootOfTheWholeTreeAfterEachEntry() {
        GrowingLog log = new GrowingLog();
        List<Bytes32> entries = new ArrayList<>();
        assertThat(log.root()).isEqualTo(LogTree.EMPTY_ROOT);
        for (int i = 0; i < 300; i++) {
            Bytes32 entry = Sha256.hash(Bytes.ofUnsignedInt(i));
            entries.add(entry);
            log.add(entry);
            assertThat(log.root()).isEqualTo(LogTree.of(entries).root());
        }
        assertThat(log.size()).isEqualTo(300);
    }
}
