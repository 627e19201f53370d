package io.pbts.receipt.verification;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsBatch;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.BlsSigned;
import io.pbts.protocol.receipt.Receipt;
import io.pbts.receipt.verification.Finding.Plausible;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.tuweni.bytes.Bytes;
import org.springframework.stereotype.Component;

/**
 * Who signed. Receipts of proven keys are checked in one weighted batch, which names each culprit; a key without proof of
 * possession never enters a batch, for such keys can be made to cancel out others (rogue keys). There is no switch.
 */
@Component
public class SignatureCheck {
    private static final int REMEMBERED_KEYS = 10_000;

    private final VerifierPool pool;
    private final SecureRandom random;
    private final LoadingCache<AccountKey.Bls, Optional<BlsPublicKey>> keys;

    SignatureCheck(VerifierPool pool, SecureRandom random) {
        this.pool = pool;
        this.random = random;
        this.keys = Caffeine.newBuilder().maximumSize(REMEMBERED_KEYS).build(key -> BlsPublicKey.parse(key.bytes()));
    }

    /** Refuses with 503 when too many reports wait for a pairing already, before a report costs anything. */
    public void requireRoom() {
        pool.requireRoom();
    }

    /** Those of these that their receivers signed. */
    public Set<Plausible> signed(Set<Plausible> receipts) {
        return receipts.isEmpty() ? Set.of() : pool.run(() -> check(receipts));
    }

    /** Whether this receipt's receiver signed it. */
    public boolean isSigned(Receipt receipt, Bytes signature) {
        return pool.runAside(
                () -> prepare(receipt, signature).map(SignatureCheck::verify).orElse(false));
    }

    private Set<Plausible> check(Set<Plausible> receipts) {
        Set<Plausible> signed = new LinkedHashSet<>();
        List<Plausible> proven = new ArrayList<>();
        List<BlsSigned> batch = new ArrayList<>();
        for (Plausible receipt : receipts) {
            Optional<BlsSigned> prepared =
                    prepare(receipt.entry().receipt(), receipt.entry().signature());
            if (prepared.isEmpty()) {
                continue;
            }
            if (receipt.keyProven()) {
                proven.add(receipt);
                batch.add(prepared.get());
            } else if (verify(prepared.get())) {
                signed.add(receipt);
            }
        }
        BitSet valid = BlsBatch.verify(batch, random);
        valid.stream().mapToObj(proven::get).forEach(signed::add);
        return signed;
    }

    /** Empty when the key or the signature is no point that anybody could have made. */
    private Optional<BlsSigned> prepare(Receipt receipt, Bytes signature) {
        if (!(receipt.receiver() instanceof AccountKey.Bls receiver)) {
            return Optional.empty();
        }
        return keys.get(receiver).flatMap(key -> BlsSignature.parse(signature)
                .map(point -> new BlsSigned(key, receipt.signedBytes(), point)));
    }

    private static boolean verify(BlsSigned item) {
        return Bls.verify(item.key(), item.message(), item.signature());
    }
}
