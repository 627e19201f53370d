package io.pbts.contract.chain;

import java.math.BigInteger;
import org.apache.tuweni.bytes.Bytes32;

/**
 * A block's header, as far as it matters here.
 *
 * @param baseFee wei per gas (EIP-1559)
 */
public record Block(long number, Bytes32 hash, BigInteger baseFee) {}
