package io.pbts.protocol.crypto;

import org.apache.tuweni.bytes.Bytes;

/** A message with its key and the signature that came with it. */
public record BlsSigned(BlsPublicKey key, Bytes message, BlsSignature signature) {}
