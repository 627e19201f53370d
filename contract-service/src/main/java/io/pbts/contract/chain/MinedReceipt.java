package io.pbts.contract.chain;

import io.pbts.protocol.account.EthereumAddress;
import java.math.BigInteger;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes32;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/**
 * Where a transaction was mined, whether it succeeded, and its logs.
 *
 * @param paidWei what it cost
 */
public record MinedReceipt(
        Bytes32 transaction,
        long blockNumber,
        Bytes32 blockHash,
        boolean succeeded,
        BigInteger paidWei,
        TransactionReceipt raw) {

    static MinedReceipt of(TransactionReceipt raw) {
        return new MinedReceipt(
                Bytes32.fromHexString(raw.getTransactionHash()),
                raw.getBlockNumber().longValueExact(),
                Bytes32.fromHexString(raw.getBlockHash()),
                raw.isStatusOK(),
                raw.getGasUsed().multiply(Numeric.decodeQuantity(raw.getEffectiveGasPrice())),
                raw);
    }

    /** What the transaction itself created; absent when it called something. */
    public Optional<EthereumAddress> createdContract() {
        return Optional.ofNullable(raw.getContractAddress()).map(EthereumAddress::parse);
    }
}
