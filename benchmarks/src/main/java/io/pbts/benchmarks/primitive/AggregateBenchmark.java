package io.pbts.benchmarks.primitive;

import io.pbts.benchmarks.signing.Delivery;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsMessage;
import io.pbts.protocol.crypto.BlsSignature;
import java.util.ArrayList;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * One signature for many receipts (the paper's Table 3). With one receiver the slope over the size is what the facade lets
 * one see of hashing to G2; with a receiver for each message every message costs a Miller loop too.
 */
public class AggregateBenchmark extends Primitive {
    /** Receipts under the signature. */
    @Param({"1", "10", "25", "50", "100", "128"})
    int size = 1;

    private Aggregated ofOne = Aggregated.of(1, 1);
    private Aggregated ofEach = ofOne;

    private record Aggregated(List<BlsMessage> messages, BlsSignature signature) {
        static Aggregated of(int size, int receivers) {
            List<BlsMessage> messages = new ArrayList<>();
            List<BlsSignature> signatures = new ArrayList<>();
            for (Delivery delivery : Specimens.deliveries(size, receivers)) {
                Bytes message = Specimens.SIGNER.receipt(delivery).signedBytes();
                messages.add(new BlsMessage(delivery.receiver().publicKey(), message));
                signatures.add(Bls.sign(delivery.receiver(), message));
            }
            return new Aggregated(messages, Bls.aggregate(signatures));
        }
    }

    @Setup
    public void sign() {
        ofOne = Aggregated.of(size, 1);
        ofEach = Aggregated.of(size, size);
    }

    @Benchmark
    public boolean verifyOfOneReceiver() {
        return Bls.verifyAggregate(ofOne.messages(), ofOne.signature());
    }

    @Benchmark
    public boolean verifyOfDifferentReceivers() {
        return Bls.verifyAggregate(ofEach.messages(), ofEach.signature());
    }
}
