package io.pbts.contract.chain.watch;

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
 * @param legacy the ledger of {@code /contract/*}, made by {@code /contract/init}
 * @param frozenReason why nothing is settled, absent when all is well
 */
public record ChainIdentity(
        long chainId,
        Optional<Bytes32> genesisHash,
        Optional<EthereumAddress> factory,
        Optional<EthereumAddress> settlement,
        Optional<EthereumAddress> legacy,
        Optional<String> frozenReason) {

    static ChainIdentity of(
            long chainId,
            byte @Nullable [] genesisHash,
            byte @Nullable [] factory,
            byte @Nullable [] settlement,
            byte @Nullable [] legacy,
            @Nullable String frozenReason) {
        return new ChainIdentity(
                chainId,
                Optional.ofNullable(genesisHash).map(Bytes32::wrap),
                address(factory),
                address(settlement),
                address(legacy),
                Optional.ofNullable(frozenReason));
    }

    private static Optional<EthereumAddress> address(byte @Nullable [] bytes) {
        return Optional.ofNullable(bytes)
                .map(org.apache.tuweni.bytes.Bytes::wrap)
                .map(EthereumAddress::new);
    }
}
