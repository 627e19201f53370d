package io.pbts.agent.receipts;

import io.pbts.agent.queue.Kept;
import io.pbts.engine.receipt.Earned;
import io.pbts.engine.receipt.Verification;
import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.receipt.ReceiptDomain;
import io.pbts.protocol.report.StatedSession;
import java.security.SecureRandom;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which receipts are signed by whom they name. Asks nobody. */
final class Signatures {

    private Signatures() {}

    /** Bit i is set iff what stands at i is signed by its receiver, in a session also the session. */
    static BitSet valid(List<Kept> kept) {
        BitSet valid = new Verification(new SecureRandom())
                .verify(kept.stream().map(Kept::earned).toList());
        Map<Certificate, Boolean> certified = new HashMap<>();
        for (int i = valid.nextSetBit(0); i >= 0; i = valid.nextSetBit(i + 1)) {
            Kept one = kept.get(i);
            if (one.earned() instanceof Earned.InSession(var session, var receipt, var _)) {
                boolean covered =
                        certified.computeIfAbsent(new Certificate(session, one.domain()), Certificate::isSigned)
                                && session.certificate(one.domain()).covers(receipt);
                valid.set(i, covered);
            }
        }
        return valid;
    }

    private record Certificate(StatedSession session, ReceiptDomain domain) {
        boolean isSigned() {
            Optional<BlsPublicKey> key = BlsPublicKey.parse(session.receiver().bytes());
            Optional<BlsSignature> signature = BlsSignature.parse(session.signature());
            return key.isPresent()
                    && signature.isPresent()
                    && Bls.verify(key.get(), session.certificate(domain).signedBytes(), signature.get());
        }
    }
}
