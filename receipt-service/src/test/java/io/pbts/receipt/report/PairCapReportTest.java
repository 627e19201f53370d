package io.pbts.receipt.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.ProductionTracker;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Four pieces a day from one sender to one receiver, as a report is told. */
@TestPropertySource(properties = "pbts.receipt.pair-cap=1MB")
class PairCapReportTest extends ProductionTracker {
    @Test
    void saysWhatIsOverThePairsShareAndWhenItMayBeSentAgain() {
        Map<String, Object> last = draft(4).v2();
        Reply reply = report(
                sender,
                draft(0).v2(),
                draft(1).v2(),
                draft(2).v2(),
                draft(3).v2(),
                last,
                last,
                draft(399).v2());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.codes())
                .containsExactly("credited", "credited", "credited", "credited", "pair-cap", "pair-cap", "pair-cap");
        assertThat(result(reply, 4, "detail")).contains("send it again from 20").endsWith("T00:00:00Z");
        assertThat(reply.json().path("verified_receipts").asInt()).isEqualTo(4);
        assertThat(WORLD.up(sender)).isEqualTo(4 * PIECE);

        Reply again = report(sender, last, draft(0).v2());
        assertThat(again.codes()).containsExactly("pair-cap", "duplicate");
        WORLD.admin()
                .sql("update receipt.pair_day set day = day - 1 where receiver_id = ?")
                .param(receiver.id())
                .update();
        assertThat(report(sender, last).codes()).containsExactly("credited");
    }
}
