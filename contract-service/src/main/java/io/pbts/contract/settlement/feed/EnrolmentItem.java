package io.pbts.contract.settlement.feed;

import io.pbts.contract.chain.contracts.Enrolment;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.hash.Hex;
import org.apache.tuweni.bytes.Bytes32;

/** An account on the wire. */
record EnrolmentItem(String chainAccount, String nameHash, String userId, long creditMib) {
    Enrolment enrolment() {
        return new Enrolment(
                ChainAccount.fromHex(chainAccount), Bytes32.wrap(Hex.decode(nameHash, Bytes32.SIZE)), creditMib);
    }
}
