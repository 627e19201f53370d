package io.pbts.receipt.signature;

import io.pbts.protocol.crypto.Bls;
import io.pbts.protocol.crypto.BlsBatch;
import io.pbts.protocol.crypto.BlsSigned;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * BLS signatures that somebody claims to be right, checked all at once. Those of proven keys go into one weighted batch, which
 * names each culprit; a key without proof of possession never enters a batch, for such keys can be made to cancel out others
 * (rogue keys).
 */
final class BlsClaims {
    private final List<BlsSigned> proven = new ArrayList<>();
    private final List<BlsSigned> alone = new ArrayList<>();

    /** The place of a claim among its like. */
    record Ticket(boolean proven, int place) {}

    /** Which claims hold. */
    record Verdict(BitSet proven, BitSet alone) {
        boolean holds(Ticket ticket) {
            return (ticket.proven() ? proven : alone).get(ticket.place());
        }
    }

    Ticket add(BlsSigned claim, boolean keyProven) {
        List<BlsSigned> like = keyProven ? proven : alone;
        like.add(claim);
        return new Ticket(keyProven, like.size() - 1);
    }

    /** @param random unforeseeable to whoever sent the claims */
    Verdict judge(SecureRandom random) {
        BitSet one = new BitSet(alone.size());
        for (int i = 0; i < alone.size(); i++) {
            BlsSigned claim = alone.get(i);
            one.set(i, Bls.verify(claim.key(), claim.message(), claim.signature()));
        }
        return new Verdict(BlsBatch.verify(proven, random), one);
    }
}
