/** Signatures: BLS12-381 (minimal public keys, proof-of-possession suite) and strict secp256k1. */
@NullMarked
package io.pbts.protocol.crypto;

import org.jspecify.annotations.NullMarked;
