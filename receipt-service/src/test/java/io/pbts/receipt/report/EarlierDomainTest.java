package io.pbts.receipt.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.EthereumAddress;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.evidence.BatchStatement;
import io.pbts.protocol.evidence.SessionCertificate;
import io.pbts.protocol.evidence.TypedReceipt;
import io.pbts.protocol.receipt.Deployment;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.receipt.ReceiptV2;
import io.pbts.protocol.report.BinaryReport;
import io.pbts.protocol.report.Proof;
import io.pbts.protocol.report.StatedReceipt;
import io.pbts.protocol.report.StatedReport;
import io.pbts.protocol.report.StatedSession;
import io.pbts.receipt.testing.Draft;
import io.pbts.receipt.testing.Http.Reply;
import io.pbts.receipt.testing.Neighbours;
import io.pbts.receipt.testing.ProductionTracker;
import io.pbts.receipt.testing.WalletPeer;
import io.pbts.receipt.testing.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.junit.jupiter.api.Test;

/** After a successor, what was signed for the contract before counts for one window, in every form; then no more. */
class EarlierDomainTest extends ProductionTracker {
    private static final Deployment EARLIER = place(Neighbours.EARLIER);
    private static final Deployment LONG_AGO = place(Neighbours.LONG_AGO);
    private static final Secp256k1SecretKey SESSION_KEY = Secp256k1SecretKey.fromBytes(Bytes32.repeat((byte) 7));

    private final long now = World.CLOCK.instant().getEpochSecond();

    @Test
    void bothDomainsHoldInOneReportAndNoOlderOne() {
        Map<String, Object> old = stated(60, EARLIER.domain());
        Map<String, Object> current = stated(61, Draft.DOMAIN);
        Map<String, Object> silent = draft(62).v2();
        Map<String, Object> tooOld = stated(63, LONG_AGO.domain());

        assertThat(report(sender, old, current, silent, tooOld).codes())
                .containsExactly("credited", "credited", "credited", "wrong-domain");
        assertThat(report(sender, stated(60, Draft.DOMAIN)).codes())
                .as("paid for in either domain is paid for")
                .containsExactly("duplicate");
    }

    @Test
    void whatIsSignedForOneDomainIsNotSignedForTheOther() {
        Map<String, Object> said = draft(64).v2();
        said.put("domain", EARLIER.domain().hex());
        assertThat(report(sender, said).codes()).containsExactly("bad-signature");
        assertThat(report(sender, draft(64).v2(EARLIER.domain())).codes()).containsExactly("bad-signature");
    }

    @Test
    void aWholeReportStatesItsDomainOnce() {
        WalletPeer wallet = NEIGHBOURS.add(WORLD.wallet(World.GIB));
        ReceiptV2 single = receipt(receiver.key(), 70, EARLIER);
        ReceiptV2 typed = receipt(wallet.key(), 71, EARLIER);
        List<ReceiptV2> batched = List.of(receipt(receiver.key(), 72, EARLIER), receipt(receiver.key(), 73, EARLIER));
        ReceiptV2 inSession = receipt(receiver.key(), 74, EARLIER);
        List<ReceiptV2> summed = List.of(receipt(receiver.key(), 75, EARLIER), receipt(receiver.key(), 76, EARLIER));
        Bytes batch = Bls.sign(
                        receiver.secret(),
                        BatchStatement.over(EARLIER.domain(), receiver.key(), batched)
                                .signedBytes())
                .bytes();
        Bytes aggregate = Bls.aggregate(summed.stream()
                        .map(receipt -> BlsSignature.of(receiver.sign(receipt)))
                        .toList())
                .bytes();
        StatedReport report = new StatedReport(
                List.of(
                        item(single, new Proof.Single(receiver.sign(single))),
                        item(typed, new Proof.Typed(wallet.secret().sign(TypedReceipt.digest(typed, EARLIER)))),
                        item(batched.get(0), new Proof.InBatch(0)),
                        item(batched.get(1), new Proof.InBatch(0)),
                        item(
                                inSession,
                                new Proof.InSession(0, SESSION_KEY.signCompact(SessionCertificate.digest(inSession)))),
                        item(summed.get(0), new Proof.InAggregate()),
                        item(summed.get(1), new Proof.InAggregate())),
                List.of(batch),
                List.of(session(inSession)),
                Optional.of(aggregate));

        assertThat(post(report, LONG_AGO.domain().hex()).codes()).containsOnly("wrong-domain");
        assertThat(post(report, "ab").status()).isEqualTo(400);
        Reply reply = post(report, EARLIER.domain().hex());
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.codes()).hasSize(7).containsOnly("credited");
    }

    private Map<String, Object> stated(int piece, ReceiptDomain domain) {
        Map<String, Object> receipt = draft(piece).v2(domain);
        receipt.put("domain", domain.hex());
        return receipt;
    }

    private Reply post(StatedReport report, String domain) {
        return http.postBytes(
                "/api/v1/reports?domain=" + domain,
                BinaryReport.encode(report).toArray(),
                "Content-Type",
                BinaryReport.MEDIA_TYPE,
                "X-PBTS-Passkey",
                sender.passkey().value());
    }

    private ReceiptV2 receipt(AccountKey to, int piece, Deployment place) {
        ReceiptV2 here = Draft.statement(sender.key(), to, TORRENT.v1(), piece);
        return new ReceiptV2(
                place.domain(),
                here.infoHash(),
                here.sender(),
                here.receiver(),
                here.index(),
                here.length(),
                here.pieceHash(),
                here.timestamp());
    }

    private StatedReceipt item(ReceiptV2 receipt, Proof proof) {
        return new StatedReceipt(
                receipt.infoHash(),
                receipt.sender(),
                receipt.receiver(),
                receipt.index(),
                receipt.length(),
                receipt.pieceHash(),
                now,
                proof);
    }

    private StatedSession session(ReceiptV2 member) {
        StatedSession unsigned = statedSession(member, Bytes.EMPTY);
        Bytes message = unsigned.certificate(EARLIER.domain()).signedBytes();
        return statedSession(member, Bls.sign(receiver.secret(), message).bytes());
    }

    private StatedSession statedSession(ReceiptV2 member, Bytes signature) {
        return new StatedSession(
                member.infoHash(),
                sender.key(),
                receiver.key(),
                Bytes32.repeat((byte) 3),
                SESSION_KEY.publicKey().bytes(),
                now - 60,
                now + 60,
                signature);
    }

    private static Deployment place(String contract) {
        return new Deployment(Neighbours.CHAIN_ID, EthereumAddress.parse(contract), World.INSTANCE);
    }
}
