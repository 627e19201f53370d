package io.pbts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.acceptance.Transfer.Family;
import io.pbts.acceptance.Transfer.Moved;
import org.junit.jupiter.api.Test;

/** Software that nobody here wrote moves a registered private torrent; the gateway's passkey URL is its only source of peers. */
@NeedsRealClients
class TransferIT extends RealClients {
    private static final long LENGTH = 64L << 20;

    @Test
    void transmissionSeedsToAria2OverIpv4AndTheReceiptsMoveExactlyTheTorrentsBytes() throws Exception {
        Moved moved = transfer()
                .run(
                        "t2a",
                        TorrentProgram.TRANSMISSION,
                        TorrentProgram.ARIA2,
                        base(SwarmNet.GATEWAY_V4),
                        Family.V4,
                        LENGTH);
        Dataset data = moved.data();
        var receipts = data.receipts(
                stack().gateway(),
                moved.seeder(),
                moved.leecher(),
                0,
                data.pieces().size(),
                Report.now());

        Report first = Report.of(moved.seeder().report(receipts));
        assertThat(first.codes()).hasSize(data.pieces().size()).containsOnly("credited");
        assertThat(moved.seeder().uploaded()).isEqualTo(LENGTH);
        assertThat(moved.leecher().downloaded()).isEqualTo(LENGTH);

        Report again = Report.of(moved.seeder().report(receipts));
        assertThat(again.codes()).containsOnly("duplicate");
        assertThat(again.credited()).isZero();
        assertThat(moved.seeder().uploaded()).isEqualTo(LENGTH);
        assertThat(moved.seeder().downloaded()).isZero();
        assertThat(moved.leecher().downloaded()).isEqualTo(LENGTH);
        assertThat(moved.leecher().uploaded()).isZero();
    }

    @Test
    void aria2SeedsToTransmissionOverIpv6() throws Exception {
        transfer()
                .run(
                        "a2t",
                        TorrentProgram.ARIA2,
                        TorrentProgram.TRANSMISSION,
                        base("[" + SwarmNet.GATEWAY_V6 + "]"),
                        Family.V6,
                        LENGTH);
    }

    private String base(String host) {
        return "http://%s:%d/".formatted(host, stack().port());
    }
}
