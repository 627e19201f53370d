package io.pbts.contract.settlement.feed;

import io.pbts.contract.chain.contracts.Enrolment;
import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.hash.Hex;
import io.pbts.protocol.hash.Keccak256;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.jspecify.annotations.Nullable;

/**
 * An account on the wire.
 *
 * @param firstKey hexadecimal; null when reputation-service does not know the key whose hash the account is
 * @param laterKeys keys that took its place, in order; null from a reputation-service that does not tell
 */
record EnrolmentItem(
        String chainAccount,
        String nameHash,
        String userId,
        long creditMib,
        @Nullable String firstKey,
        @Nullable List<String> laterKeys) {
    EnrolmentItem {
        laterKeys = laterKeys == null ? List.of() : List.copyOf(laterKeys);
        if (firstKey != null
                && !Keccak256.hash(Hex.decode(firstKey))
                        .equals(ChainAccount.fromHex(chainAccount).bytes())) {
            throw new IllegalArgumentException("not the first key of account " + chainAccount);
        }
    }

    Optional<Bytes> first() {
        return Optional.ofNullable(firstKey).map(Hex::decode);
    }

    List<Bytes> later() {
        return Objects.requireNonNull(laterKeys).stream().map(Hex::decode).toList();
    }

    Enrolment enrolment() {
        return new Enrolment(
                ChainAccount.fromHex(chainAccount), Bytes32.wrap(Hex.decode(nameHash, Bytes32.SIZE)), creditMib);
    }
}
