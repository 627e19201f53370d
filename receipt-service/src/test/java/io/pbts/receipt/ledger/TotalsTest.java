package io.pbts.receipt.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.account.ChainAccount;
import java.math.BigDecimal;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;

class TotalsTest {
    @Test
    void comparesWhatWasEarnedAndGrantedWithWhatWasTaken() {
        assertThat(totals(100, 400, 0, 100).ratioRoundedDown()).contains(new BigDecimal("0.500000"));
    }

    @Test
    void roundsDown() {
        assertThat(totals(2, 3, 0, 0).ratioRoundedDown()).contains(new BigDecimal("0.666666"));
    }

    @Test
    void countsTheLargerOfReceiptsAndAnnouncements() {
        assertThat(totals(100, 100, 400, 0).ratioRoundedDown()).contains(new BigDecimal("0.250000"));
    }

    @Test
    void isOneForWhoMovedNothingAndHasNoBoundForWhoOnlyGave() {
        assertThat(totals(0, 0, 0, 0).ratioRoundedDown()).contains(BigDecimal.ONE);
        assertThat(totals(0, 0, 0, 5).ratioRoundedDown()).contains(BigDecimal.ONE);
        assertThat(totals(5, 0, 0, 0).ratioRoundedDown()).isEmpty();
    }

    private static Totals totals(long up, long down, long announced, long credit) {
        return new Totals(1, new ChainAccount(Bytes32.ZERO), up, down, announced, credit);
    }
}
