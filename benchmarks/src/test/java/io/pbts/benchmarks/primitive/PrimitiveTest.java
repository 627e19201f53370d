package io.pbts.benchmarks.primitive;

import static org.assertj.core.api.Assertions.assertThat;

import io.pbts.benchmarks.signing.Keys;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.Secp256k1.Recovery;
import io.pbts.protocol.evidence.BatchStatement;
import io.pbts.protocol.report.BinaryReport;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

class PrimitiveTest {
    private final BlsBenchmark bls = new BlsBenchmark();

    @Test
    void measuresSignaturesThatVerify() {
        assertThat(bls.verify()).isTrue();
        assertThat(bls.verifyReceived()).isTrue();
        assertThat(bls.decodeSignature()).isEqualTo(bls.sign());
        assertThat(bls.verifyBatch().cardinality()).isEqualTo(128);
    }

    @Test
    void makesAnotherKeyEachTime() {
        assertThat(bls.generateKey().publicKey()).isNotEqualTo(bls.generateKey().publicKey());
    }

    @Test
    void measuresAggregatesThatVerify() {
        var aggregate = new AggregateBenchmark();
        aggregate.size = 10;
        aggregate.sign();
        assertThat(aggregate.verifyOfOneReceiver()).isTrue();
        assertThat(aggregate.verifyOfDifferentReceivers()).isTrue();
    }

    @Test
    void measuresWalletAndSessionSignaturesThatVerify() {
        var ecdsa = new Secp256k1Benchmark();
        assertThat(ecdsa.recoverPersonal())
                .isEqualTo(new Recovery.Signer(Keys.secp256k1("session").address()));
        assertThat(ecdsa.verifySession()).isTrue();
        assertThat(ecdsa.signSession().size()).isEqualTo(64);
    }

    @Test
    void measuresTheBytesAndHashesOfTheProtocol() {
        var receipt = new ReceiptBenchmark();
        assertThat(receipt.signedBytes().size()).isEqualTo(225);
        assertThat(receipt.rowHash()).isEqualTo(receipt.rowHash());
        assertThat(receipt.batchRoot())
                .isEqualTo(BatchStatement.tree(Specimens.receipts(64)).root());
    }

    @Test
    void measuresAReportThatComesBackWhole() {
        var report = new ReportBenchmark();
        assertThat(report.decode().receipts()).hasSize(128);
        assertThat(BinaryReport.encode(report.decode())).isEqualTo(report.encode());
    }

    @Test
    void everyPrimitiveIsInTheListThatJmhRuns() {
        var quiet = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
        assertThat(BenchmarkList.defaultList().getAll(quiet, java.util.List.of()))
                .hasSize(16);
    }

    @Test
    void theKeysOfARunAreThoseOfTheNext() {
        assertThat(Bls.verify(
                        Keys.bls("a").publicKey(),
                        Specimens.receipts(1).getFirst().signedBytes(),
                        Bls.sign(Keys.bls("a"), Specimens.receipts(1).getFirst().signedBytes())))
                .isTrue();
        assertThat(Keys.bls("a").publicKey()).isNotEqualTo(Keys.bls("b").publicKey());
    }
}
