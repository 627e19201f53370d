package io.pbts.contract.chain.contracts;

import java.math.BigInteger;
import org.apache.tuweni.bytes.Bytes32;

/** A user as the original's ABI knows one: by name, sizes as absolute totals in bytes. */
public record NamedUser(
        String username, String salt, Bytes32 passwordHash, BigInteger downloadSize, BigInteger uploadSize) {}
