package io.pbts.agent.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.engine.TorrentStatus;
import io.pbts.engine.TorrentStatus.State;
import io.pbts.engine.receipt.SignedReceipt;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.torrent.InfoHash;
import io.pbts.protocol.torrent.PieceHash;
import io.pbts.protocol.torrent.PieceIndex;
import io.pbts.protocol.torrent.PieceLength;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long SECOND = 1_000_000_000L;

    private static TorrentStatus status(int have, long left) {
        return new TorrentStatus(State.DOWNLOADING, 10, have, left, 0, 2048, 0, 3, Optional.empty());
    }

    @Test
    void theRateIsThatOfTheLastTenSeconds() {
        Meter meter = new Meter();
        assertThat(meter.read(0, 0)).isZero();
        assertThat(meter.read(1000, SECOND)).isEqualTo(1000);
        for (int second = 2; second <= 20; second++) {
            meter.read(1000, second * SECOND);
        }
        assertThat(meter.read(1000, 21 * SECOND)).isZero();
    }

    @Test
    void theTimeLeftIsTheBytesLeftAtThisRate() {
        assertThat(new Progress(status(5, 1001), 100, 0, 0).eta()).contains(Duration.ofSeconds(11));
        assertThat(new Progress(status(5, 1001), 0, 0, 0).eta()).isEmpty();
        assertThat(new Progress(status(5, 1001), 100, 0, 0).fields()).containsEntry("eta_seconds", 11L);
        assertThat(new Progress(status(5, 3_700_000), 1000, 4, 1).downloading())
                .isEqualTo("[##########..........]  50%  1000 B/s  ETA 1:01:40  3 peers  receipts: 4 signed, 1 earned");
    }

    @Test
    void sizesAreWrittenInPowersOfTwo() {
        assertThat(Progress.size(1023)).isEqualTo("1023 B");
        assertThat(Progress.size(1536)).isEqualTo("1.5 KiB");
        assertThat(Progress.size(5L << 30)).isEqualTo("5.0 GiB");
    }

    private static SignedReceipt receipt(int piece) {
        var key = new AccountKey.Bls(Bytes.repeat((byte) 1, 48));
        var receipt = new ReceiptV2(
                new ReceiptDomain(Bytes32.ZERO),
                InfoHash.fromHex("09be306d741df5cc84731d4025ef3267650f7960"),
                key,
                key,
                new PieceIndex(piece),
                new PieceLength(16_384),
                PieceHash.fromHex("28ace83a91574c68c9028e4a3efe081f1aed2cd0"),
                1);
        return new SignedReceipt(receipt, Bytes.repeat((byte) 2, 96));
    }

    @Test
    void receiptsThatAFullDiskDoesNotTakeAreTriedAgain() {
        List<Long> kept = new ArrayList<>();
        List<String> troubles = new ArrayList<>();
        boolean[] full = {true};
        Earnings earnings = new Earnings(
                receipt -> {
                    if (full[0]) {
                        throw new UncheckedIOException(new IOException("No space left on device"));
                    }
                    kept.add(receipt.receipts().getFirst().index().value());
                },
                troubles::add);
        earnings.keep(receipt(0));
        earnings.keep(receipt(1));
        assertThat(earnings.unsaved()).isEqualTo(2);
        assertThat(troubles).allMatch(trouble -> trouble.equals("cannot keep receipts: No space left on device"));
        full[0] = false;
        earnings.flush();
        assertThat(kept).containsExactly(0L, 1L);
        assertThat(earnings.unsaved()).isZero();
        assertThat(earnings.earned()).isEqualTo(2);
    }
}
