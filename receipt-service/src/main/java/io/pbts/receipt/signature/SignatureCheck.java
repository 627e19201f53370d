package io.pbts.receipt.signature;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.receipt.Receipt;
import io.pbts.receipt.verification.Examination;
import io.pbts.receipt.verification.Finding.Plausible;
import io.pbts.receipt.verification.PostedReport;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.springframework.stereotype.Component;

/** Who signed. All cryptography on receipts runs through here, on threads of its own. There is no switch. */
@Component
public class SignatureCheck {
    private final VerifierPool pool;
    private final SecureRandom random;
    private final LoadingCache<AccountKey.Bls, Optional<BlsPublicKey>> keys;
    private final VerifiedSessions sessions;

    SignatureCheck(VerifierPool pool, SecureRandom random, SignatureProperties properties) {
        this.pool = pool;
        this.random = random;
        this.keys = Caffeine.newBuilder()
                .maximumSize(properties.rememberedKeys())
                .build(key -> BlsPublicKey.parse(key.bytes()));
        this.sessions = new VerifiedSessions(properties.rememberedSessions());
    }

    /** Refuses with 503 when too many reports wait for a pairing already, before a report costs anything. */
    public void requireRoom() {
        pool.requireRoom();
    }

    /**
     * Which of these receipts their receivers signed.
     *
     * @param open those of the report that would count
     * @param examination how the whole report was judged; also refused receipts may be part of a batch or an aggregate
     */
    public SignedReceipts signed(Collection<Plausible> open, PostedReport report, Examination examination) {
        return open.isEmpty()
                ? SignedReceipts.NONE
                : pool.run(() -> new ReportSignatures(report, examination, keys::get, sessions).check(open, random));
    }

    /** Whether this receipt's receiver signed it by itself. */
    public boolean isSigned(Receipt receipt, Bytes signature) {
        return pool.runAside(() -> switch (receipt.receiver()) {
            case AccountKey.Bls key -> isSignedBy(key, receipt, signature);
            case AccountKey.Wallet _ -> WalletSignatures.isSigned(receipt, signature);
        });
    }

    private boolean isSignedBy(AccountKey.Bls receiver, Receipt receipt, Bytes signature) {
        return keys.get(receiver)
                .flatMap(key ->
                        BlsSignature.parse(signature).map(point -> Bls.verify(key, receipt.signedBytes(), point)))
                .orElse(false);
    }
}
