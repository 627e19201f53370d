package io.pbts.contract.chain.watch;

import io.pbts.protocol.account.ChainAccount;
import io.pbts.protocol.account.EthereumAddress;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes32;
import org.jspecify.annotations.Nullable;

/**
 * The chain that our records belong to, and our contracts on it as far as they are known.
 *
 * @param genesisHash hash of block 0, absent until the node was reached once
 * @param factory the factory of ledgers
 * @param settlement the ledger that settlements go to
 * @param settledBefore settlements that went to ledgers before it: numbers are counted through all of them
 * @param legacy the ledger of {@code /contract/*}, made by {@code /contract/init}
 * @param agreed the last finalized block that our nodes agreed on; absent on a dev chain
 * @param frozenReason why nothing is settled, absent when all is well
 * @param frozenAccount whose bytes differ, when that is why
 */
public record ChainIdentity(
        long chainId,
        Optional<Bytes32> genesisHash,
        Optional<EthereumAddress> factory,
        Optional<EthereumAddress> settlement,
        long settledBefore,
        Optional<EthereumAddress> legacy,
        Optional<Checkpoint> agreed,
        Optional<String> frozenReason,
        Optional<ChainAccount> frozenAccount) {

    /** A block that a node of our chain has. */
    public record Checkpoint(long number, Bytes32 hash) {
        static Optional<Checkpoint> of(long number, byte @Nullable [] hash) {
            return Optional.ofNullable(hash).map(present -> new Checkpoint(number, Bytes32.wrap(present)));
        }
    }

    static ChainIdentity of(
            long chainId,
            byte @Nullable [] genesisHash,
            byte @Nullable [] factory,
            byte @Nullable [] settlement,
            long settledBefore,
            byte @Nullable [] legacy,
            Optional<Checkpoint> agreed,
            @Nullable String frozenReason,
            byte @Nullable [] frozenAccount) {
        return new ChainIdentity(
                chainId,
                Optional.ofNullable(genesisHash).map(Bytes32::wrap),
                address(factory),
                address(settlement),
                settledBefore,
                address(legacy),
                agreed,
                Optional.ofNullable(frozenReason),
                Optional.ofNullable(frozenAccount).map(ChainAccount::ofBytes));
    }

    private static Optional<EthereumAddress> address(byte @Nullable [] bytes) {
        return Optional.ofNullable(bytes)
                .map(org.apache.tuweni.bytes.Bytes::wrap)
                .map(EthereumAddress::new);
    }
}
