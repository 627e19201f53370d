package io.pbts.benchmarks.primitive;

import io.pbts.benchmarks.signing.Keys;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.crypto.Secp256k1.Recovery;
import io.pbts.protocol.crypto.Secp256k1PublicKey;
import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.evidence.SessionCertificate;
import io.pbts.protocol.receipt.ReceiptV2;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.openjdk.jmh.annotations.Benchmark;

/** A wallet's signature, whose key is recovered, and a session's, whose key is known. */
public class Secp256k1Benchmark extends Primitive {
    private final Secp256k1SecretKey key = Keys.secp256k1("session");
    private final Secp256k1PublicKey publicKey = key.publicKey();
    private final ReceiptV2 receipt = Specimens.receipts(1).getFirst();
    private final Bytes32 digest = receipt.digest();
    private final Bytes32 sessionDigest = SessionCertificate.digest(receipt);
    private final Bytes personal = key.signPersonal(digest);
    private final Bytes compact = key.signCompact(sessionDigest);

    @Benchmark
    public Recovery recoverPersonal() {
        return Secp256k1.recoverPersonal(digest, personal);
    }

    @Benchmark
    public boolean verifySession() {
        return Secp256k1.verify(publicKey, sessionDigest, compact);
    }

    @Benchmark
    public Bytes signSession() {
        return key.signCompact(sessionDigest);
    }
}
