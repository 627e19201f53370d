package io.pbts.contract.chain.contracts;

import io.pbts.contract.chain.wrapper.Reputation;
import io.pbts.protocol.account.ChainAccount;
import java.math.BigInteger;
import org.apache.tuweni.bytes.Bytes32;

/**
 * An account that a ledger shall know.
 *
 * @param nameHash keccak256 of the user id
 * @param creditMib granted credit in MiB, zero while the grant is pending
 */
public record Enrolment(ChainAccount account, Bytes32 nameHash, long creditMib) {
    public Enrolment {
        if (creditMib < 0 || creditMib > 0xffff_ffffL) {
            throw new IllegalArgumentException("credit is a uint32 of MiB: " + creditMib);
        }
    }

    Reputation.Enrolment abi() {
        return new Reputation.Enrolment(account.bytes().toArray(), nameHash.toArray(), BigInteger.valueOf(creditMib));
    }
}
