package io.pbts.contract.chain;

import org.apache.tuweni.bytes.Bytes32;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** Where a transaction was mined, whether it succeeded, and its logs. */
public record MinedReceipt(
        Bytes32 transaction, long blockNumber, Bytes32 blockHash, boolean succeeded, TransactionReceipt raw) {

    static MinedReceipt of(TransactionReceipt raw) {
        return new MinedReceipt(
                Bytes32.fromHexString(raw.getTransactionHash()),
                raw.getBlockNumber().longValueExact(),
                Bytes32.fromHexString(raw.getBlockHash()),
                raw.isStatusOK(),
                raw);
    }
}
