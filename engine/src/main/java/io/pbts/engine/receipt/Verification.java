package io.pbts.engine.receipt;

import io.pbts.engine.Peer;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.BlsBatch;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.BlsSigned;
import io.pbts.protocol.crypto.Secp256k1;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Which of many receipts are signed by whom they name. BLS signatures are checked together. */
final class Verification {

    /** A receipt, from whom it came, and for which piece of which of our torrents. */
    record Claim(Peer peer, int piece, SignedReceipt signed) {}

    private final SecureRandom random;

    Verification(SecureRandom random) {
        this.random = random;
    }

    /** Bit i is set iff claim i is signed by its receiver. */
    BitSet verify(List<Claim> claims) {
        BitSet valid = new BitSet(claims.size());
        List<BlsSigned> bls = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            SignedReceipt signed = claims.get(i).signed();
            switch (signed.receipt().receiver()) {
                case AccountKey.Wallet(var address) -> {
                    var recovered = Secp256k1.recoverPersonal(signed.receipt().digest(), signed.signature());
                    valid.set(i, recovered.equals(new Secp256k1.Recovery.Signer(address)));
                }
                case AccountKey.Bls key -> {
                    Optional<BlsPublicKey> point = BlsPublicKey.parse(key.bytes());
                    Optional<BlsSignature> signature = BlsSignature.parse(signed.signature());
                    if (point.isPresent() && signature.isPresent()) {
                        bls.add(new BlsSigned(point.get(), signed.receipt().signedBytes(), signature.get()));
                        places.add(i);
                    }
                }
            }
        }
        BlsBatch.verify(bls, random).stream().forEach(at -> valid.set(places.get(at)));
        return valid;
    }
}
