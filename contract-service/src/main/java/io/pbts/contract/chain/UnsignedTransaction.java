package io.pbts.contract.chain;

import io.pbts.protocol.account.EthereumAddress;
import java.math.BigInteger;
import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.web3j.crypto.RawTransaction;

/**
 * A transaction of type 2 (EIP-1559) that carries no value.
 *
 * @param destination absent when a contract is created
 * @param maxTip wei per gas for the validator
 * @param maxFee wei per gas in all
 */
public record UnsignedTransaction(
        long chainId,
        long nonce,
        long gasLimit,
        Optional<EthereumAddress> destination,
        Bytes payload,
        long maxTip,
        long maxFee) {

    RawTransaction raw() {
        return RawTransaction.createTransaction(
                chainId,
                BigInteger.valueOf(nonce),
                BigInteger.valueOf(gasLimit),
                destination.map(EthereumAddress::checksummed).orElse(""),
                BigInteger.ZERO,
                payload.toHexString(),
                BigInteger.valueOf(maxTip),
                BigInteger.valueOf(maxFee));
    }
}
