package io.pbts.protocol.audit;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsBatch;
import io.pbts.protocol.crypto.BlsMessage;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.BlsSigned;
import io.pbts.protocol.epoch.Finding;
import io.pbts.protocol.epoch.WrongEpoch;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;

/** Signatures that are judged together, many for a part of the price of each. The first wrong one in the file is named. */
final class BlsClaims {
    private static final int FULL = 1024;

    private final SecureRandom random;
    private final List<BlsSigned> signed = new ArrayList<>();
    private final List<Finding> ifWrong = new ArrayList<>();
    private final List<Finding> wrong = new ArrayList<>();

    BlsClaims(SecureRandom random) {
        this.random = random;
    }

    void add(AccountKey.Bls key, Bytes message, Bytes signature, Finding finding) {
        Optional<BlsSigned> claim = BlsPublicKey.parse(key.bytes())
                .flatMap(point -> BlsSignature.parse(signature).map(sum -> new BlsSigned(point, message, sum)));
        if (claim.isEmpty()) {
            refuse(finding);
            return;
        }
        signed.add(claim.get());
        ifWrong.add(finding);
    }

    /** One signature of all these messages, of which none may be empty. */
    void addAggregate(List<Optional<BlsMessage>> messages, Bytes signature, Finding finding) {
        boolean holds = messages.stream().allMatch(Optional::isPresent)
                && BlsSignature.parse(signature)
                        .filter(sum -> Bls.verifyAggregate(
                                messages.stream().flatMap(Optional::stream).toList(), sum))
                        .isPresent();
        if (!holds) {
            refuse(finding);
        }
    }

    /** Something that is found to be wrong without BLS. */
    void refuse(Finding finding) {
        wrong.add(finding);
    }

    void settleWhenFull() {
        if (signed.size() >= FULL || !wrong.isEmpty()) {
            settle();
        }
    }

    void settle() {
        BitSet valid = BlsBatch.verify(signed, random);
        for (int i = valid.nextClearBit(0); i < signed.size(); i = valid.nextClearBit(i + 1)) {
            wrong.add(ifWrong.get(i));
        }
        signed.clear();
        ifWrong.clear();
        wrong.stream().min(Comparator.comparingLong(Finding::offset)).ifPresent(first -> {
            throw new WrongEpoch(first);
        });
    }
}
