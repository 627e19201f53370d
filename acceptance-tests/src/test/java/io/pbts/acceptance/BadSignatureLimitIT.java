package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checking a signature costs more than sending one, so a caller has 64 bad ones a minute. */
class BadSignatureLimitIT {
    private static final int PIECE = 16 * 1024;

    @Test
    void afterMoreThanSixtyFourBadSignaturesInAMinuteTheCallerWaitsAndOthersDoNot(@TempDir Path folder)
            throws Exception {
        Http gateway = LocalStack.get().gateway();
        Member careless = Member.register(gateway, "limit-careless");
        Member other = Member.register(gateway, "limit-other");
        Member receiver = Member.register(gateway, "limit-receiver");
        Dataset data = Dataset.create(folder, "limit.bin", 80L * PIECE, PIECE, "http://tracker.invalid/announce");
        data.registerAs(careless).expect(201);
        var receipts = data.receipts(gateway, careless, receiver, 0, 80, Report.now());
        List<Map<String, Object>> swapped = new ArrayList<>();
        for (int i = 0; i < 65; i++) {
            Map<String, Object> bad = new HashMap<>(receipts.get(i));
            bad.put("signature", receipts.get(i + 1).get("signature"));
            swapped.add(bad);
        }
        assertThat(Report.of(careless.report(swapped)).codes()).containsOnly("bad-signature");

        Http.Answer refused = careless.report(swapped.subList(0, 1));
        refused.expect(429);
        assertThat(refused.raw().headers().firstValueAsLong("retry-after").orElse(-1))
                .isBetween(1L, 60L);
        var honest = data.receipts(gateway, other, receiver, 70, 71, Report.now());
        assertThat(Report.of(other.report(honest)).codes()).containsExactly("credited");
    }
}
