package io.pbts.reputation.standing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** What a refusal asks for is enough, and it asks for no byte more. */
class VerdictPropertyTest {

    @RepeatedTest(50)
    void uploadingWhatIsOwedOpensTheGateAndOneByteLessDoesNot(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 400; i++) {
            BigDecimal minRatio = BigDecimal.valueOf(1 + random.nextInt(30_000), 4);
            var totals = new Totals(some(random), some(random), 0, some(random), some(random));
            Verdict verdict = Verdict.of(totals, minRatio);
            long owed = verdict.bytesOwed();

            assertThat(verdict.allowed()).isEqualTo(owed == 0);
            assertThat(Verdict.of(uploading(totals, owed), minRatio).allowed())
                    .as("%s at %s after %d bytes", totals, minRatio, owed)
                    .isTrue();
            if (owed > 0) {
                assertThat(Verdict.of(uploading(totals, owed - 1), minRatio).allowed())
                        .as("%s at %s after %d bytes", totals, minRatio, owed - 1)
                        .isFalse();
            }
        }
    }

    @RepeatedTest(50)
    void aRefusedRatioIsNeverPrintedAsOneThatPasses(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 400; i++) {
            BigDecimal minRatio = BigDecimal.valueOf(1 + random.nextInt(300), 2);
            Verdict verdict = Verdict.of(new Totals(some(random), some(random), 0, 0, some(random)), minRatio);
            if (!verdict.allowed()) {
                assertThat(verdict.ratio()).isLessThan(minRatio);
            }
        }
    }

    private static Totals uploading(Totals totals, long bytes) {
        return new Totals(totals.up() + bytes, totals.down(), totals.held(), totals.announced(), totals.credit());
    }

    private static long some(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(10);
            case 2 -> random.nextInt(1 << 20);
            default -> random.nextLong(1L << 45);
        };
    }
}
