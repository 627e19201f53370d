package io.pbts.receipt.testing;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.account.Passkey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.receipt.Receipt;
import io.pbts.receipt.facts.Account;
import org.apache.tuweni.bytes.Bytes;

/** Somebody with a real BLS key and an account. */
public record Peer(BlsSecretKey secret, AccountKey.Bls key, Account account, Passkey passkey, boolean proven)
        implements Registered {
    public Bytes sign(Receipt receipt) {
        return Bls.sign(secret, receipt.signedBytes()).bytes();
    }
}
