package io.pbts.engine.receipt;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.BlsBatch;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.BlsSigned;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.crypto.Secp256k1PublicKey;
import io.pbts.protocol.evidence.BatchStatement;
import io.pbts.protocol.evidence.SessionCertificate;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** Which of many are signed by whom they name. BLS signatures are checked together. Asks nobody. */
public final class Verification {

    private final SecureRandom random;

    /** @param random secret weights, without which a forger could let signatures cancel each other */
    public Verification(SecureRandom random) {
        this.random = random;
    }

    /** The BLS signatures of one call, and whose they are. */
    private static final class Together {
        private final List<BlsSigned> signed = new ArrayList<>();
        private final List<Integer> places = new ArrayList<>();

        private void add(int place, AccountKey.Bls key, Bytes message, Bytes signature) {
            Optional<BlsPublicKey> point = BlsPublicKey.parse(key.bytes());
            Optional<BlsSignature> parsed = BlsSignature.parse(signature);
            if (point.isPresent() && parsed.isPresent()) {
                signed.add(new BlsSigned(point.get(), message, parsed.get()));
                places.add(place);
            }
        }
    }

    /** Bit i is set iff what stands at i is signed by its receiver; a session's certificate is taken for verified. */
    public BitSet verify(List<Earned> claims) {
        BitSet valid = new BitSet(claims.size());
        Together together = new Together();
        for (int i = 0; i < claims.size(); i++) {
            switch (claims.get(i)) {
                case SignedReceipt(var receipt, var signature) -> {
                    switch (receipt.receiver()) {
                        case AccountKey.Wallet wallet -> valid.set(i, isOf(wallet, receipt.digest(), signature));
                        case AccountKey.Bls key -> together.add(i, key, receipt.signedBytes(), signature);
                    }
                }
                case Earned.Batch(var receipts, var signature) -> {
                    var first = receipts.getFirst();
                    BatchStatement statement = BatchStatement.over(first.domain(), first.receiver(), receipts);
                    switch (first.receiver()) {
                        case AccountKey.Wallet wallet -> valid.set(i, isOf(wallet, statement.digest(), signature));
                        case AccountKey.Bls key -> together.add(i, key, statement.signedBytes(), signature);
                    }
                }
                case Earned.InSession(var session, var receipt, var signature) ->
                    valid.set(
                            i,
                            Secp256k1PublicKey.parse(session.sessionKey())
                                    .filter(key -> Secp256k1.verify(key, SessionCertificate.digest(receipt), signature))
                                    .isPresent());
            }
        }
        BlsBatch.verify(together.signed, random).stream().forEach(at -> valid.set(together.places.get(at)));
        return valid;
    }

    private static boolean isOf(AccountKey.Wallet wallet, Bytes32 digest, Bytes signature) {
        return Secp256k1.recoverPersonal(digest, signature).equals(new Secp256k1.Recovery.Signer(wallet.address()));
    }
}
