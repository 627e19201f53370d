package io.pbts.benchmarks.primitive;

import io.pbts.benchmarks.signing.Delivery;
import io.pbts.benchmarks.signing.Keys;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsBatch;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.BlsSigned;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.openjdk.jmh.annotations.Benchmark;

/** BLS over one receipt, and many signatures of 16 receivers at once. */
public class BlsBenchmark extends Primitive {
    private static final int RECEIVERS = 16;

    private final SecureRandom random = new SecureRandom();
    private final BlsSecretKey key = Keys.bls("receiver 0");
    private final BlsPublicKey publicKey = key.publicKey();
    private final Bytes message = Specimens.receipts(1).getFirst().signedBytes();
    private final BlsSignature signature = Bls.sign(key, message);
    private final Bytes signatureBytes = signature.bytes();
    private final List<BlsSigned> batch = batch();

    private static List<BlsSigned> batch() {
        List<BlsSigned> batch = new ArrayList<>();
        for (Delivery delivery : Specimens.deliveries(Specimens.REPORT, RECEIVERS)) {
            Bytes message = Specimens.SIGNER.receipt(delivery).signedBytes();
            batch.add(new BlsSigned(delivery.receiver().publicKey(), message, Bls.sign(delivery.receiver(), message)));
        }
        return batch;
    }

    /** A secret key and its public key. */
    @Benchmark
    public BlsSecretKey generateKey() {
        return BlsSecretKey.random(random);
    }

    @Benchmark
    public BlsSignature sign() {
        return Bls.sign(key, message);
    }

    /** A signature that is decoded already. */
    @Benchmark
    public boolean verify() {
        return Bls.verify(publicKey, message, signature);
    }

    /** As it comes: 96 bytes are decoded and checked first. */
    @Benchmark
    public boolean verifyReceived() {
        return Bls.verify(publicKey, message, BlsSignature.of(signatureBytes));
    }

    @Benchmark
    public BlsSignature decodeSignature() {
        return BlsSignature.of(signatureBytes);
    }

    /** 128 signatures of 16 receivers, each weighed. */
    @Benchmark
    public BitSet verifyBatch() {
        return BlsBatch.verify(batch, random);
    }
}
