package io.pbts.benchmarks.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.benchmarks.receipts.Load.SignedReport;
import io.pbts.benchmarks.result.Progress;
import io.pbts.benchmarks.signing.Keys;
import io.pbts.benchmarks.signing.ReportSigner;
import io.pbts.benchmarks.signing.Torrent;
import io.pbts.benchmarks.suite.Member;
import io.pbts.protocol.account.UserId;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsMessage;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.crypto.Secp256k1PublicKey;
import io.pbts.protocol.evidence.BatchStatement;
import io.pbts.protocol.evidence.SessionCertificate;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.report.BinaryReport;
import io.pbts.protocol.report.Proof;
import io.pbts.protocol.report.StatedReceipt;
import io.pbts.protocol.report.StatedReport;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.protocol.torrent.MetainfoException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;

/** The load is what it is called: distinct receipts that a tracker must find to be signed. */
class LoadTest {
    private static final Progress SILENT = new Progress(new PrintStream(OutputStream.nullOutputStream()));
    private static final ReceiptDomain DOMAIN = new ReceiptDomain(Bytes32.fromHexString("0x05"));

    @Test
    void oneReceiverSignsAllOfAReportAtOnce() {
        StatedReport report = reports(Scenario.ONE_RECEIVER, 1).getFirst();
        List<BlsMessage> messages = report.receipts().stream()
                .map(receipt -> new BlsMessage(key(receipt), signed(receipt).signedBytes()))
                .toList();
        assertThat(messages)
                .hasSize(128)
                .extracting(BlsMessage::key)
                .containsOnly(messages.getFirst().key());
        assertThat(Bls.verifyAggregate(
                        messages, BlsSignature.of(report.aggregate().orElseThrow())))
                .isTrue();
    }

    @Test
    void sixteenReceiversSignEachPieceAlone() {
        StatedReport report = reports(Scenario.INDIVIDUAL, 1).getFirst();
        assertThat(report.receipts()).hasSize(128);
        assertThat(report.receipts().stream().map(StatedReceipt::receiver).distinct())
                .hasSize(16);
        StatedReceipt last = report.receipts().getLast();
        assertThat(Bls.verify(
                        key(last),
                        signed(last).signedBytes(),
                        BlsSignature.of(((Proof.Single) last.proof()).signature())))
                .isTrue();
    }

    @Test
    void aSessionKeySignsAndTheReceiverCertifiedIt() {
        StatedReport report = reports(Scenario.SESSION, 1).getFirst();
        var stated = report.sessions().getFirst();
        SessionCertificate certificate = stated.certificate(DOMAIN);
        StatedReceipt last = report.receipts().getLast();
        assertThat(certificate.covers(signed(last))).isTrue();
        assertThat(Bls.verify(key(last), certificate.signedBytes(), BlsSignature.of(stated.signature())))
                .isTrue();
        assertThat(Secp256k1.verify(
                        Secp256k1PublicKey.of(stated.sessionKey()),
                        SessionCertificate.digest(signed(last)),
                        ((Proof.InSession) last.proof()).signature()))
                .isTrue();
    }

    @Test
    void batchesOf64HaveOneSignatureEach() {
        StatedReport report = reports(Scenario.BATCH, 1).getFirst();
        assertThat(report.receipts()).hasSize(256);
        assertThat(report.batches()).hasSize(4);
        List<ReceiptV2> last = report.receipts().subList(192, 256).stream()
                .map(LoadTest::signed)
                .toList();
        var statement = BatchStatement.over(DOMAIN, last.getFirst().receiver(), last);
        assertThat(Bls.verify(
                        key(report.receipts().getLast()),
                        statement.signedBytes(),
                        BlsSignature.of(report.batches().getLast())))
                .isTrue();
    }

    @Test
    void noReceiverGetsAPieceTwiceAndAllGetAlikeMuch() {
        for (Scenario scenario : Scenario.values()) {
            int reports = 150;
            var plan = new Plan(scenario, community(scenario));
            var deliveries = IntStream.range(0, reports)
                    .mapToObj(plan::deliveries)
                    .flatMap(List::stream)
                    .map(delivery -> List.of(
                            delivery.receiver().publicKey(), delivery.torrent().infoHash(), delivery.piece()))
                    .toList();
            assertThat(deliveries)
                    .hasSize(reports * scenario.receiptsPerReport())
                    .doesNotHaveDuplicates();
            assertThat(deliveries.stream()
                            .mapToInt(delivery -> (int) delivery.getLast())
                            .max())
                    .hasValue(Plan.piecesPerReceiver(scenario, reports) - 1);
        }
    }

    @Test
    void aTorrentIsPrivateAndNamedByItsInfoDictionary() throws MetainfoException {
        Torrent torrent = Torrent.of("t", 3);
        Metainfo read = Metainfo.parse(torrent.metainfo());
        assertThat(read.isPrivate()).isTrue();
        assertThat(read.v1().orElseThrow().infoHash()).isEqualTo(torrent.infoHash());
        assertThat(torrent.pieces()).isEqualTo(3);
    }

    private static List<StatedReport> reports(Scenario scenario, int count) {
        var load = new Load(scenario, new Plan(scenario, community(scenario)), new ReportSigner(DOMAIN, 1_700_000_000));
        List<SignedReport> made = load.make(count, SILENT);
        return made.stream()
                .map(report -> BinaryReport.decode(report.body(), report.receipts()))
                .toList();
    }

    private static Community community(Scenario scenario) {
        return new Community(
                members("sender", Community.SENDERS),
                members("receiver", scenario.receivers()),
                List.of(Torrent.of("pieces", Community.PIECES)));
    }

    private static List<Member> members(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Member(new UserId(prefix + i), Keys.bls(prefix + i), "passkey"))
                .toList();
    }

    private static ReceiptV2 signed(StatedReceipt receipt) {
        return new ReceiptV2(
                DOMAIN,
                receipt.infoHash(),
                receipt.sender(),
                receipt.receiver(),
                receipt.index(),
                receipt.length(),
                receipt.pieceHash(),
                receipt.timestamp());
    }

    private static BlsPublicKey key(StatedReceipt receipt) {
        return BlsPublicKey.of(receipt.receiver().bytes());
    }
}
