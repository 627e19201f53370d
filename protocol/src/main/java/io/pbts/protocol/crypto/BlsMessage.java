package io.pbts.protocol.crypto;

import org.apache.tuweni.bytes.Bytes;

/** A message with the key that is said to have signed it. */
public record BlsMessage(BlsPublicKey key, Bytes message) {}
