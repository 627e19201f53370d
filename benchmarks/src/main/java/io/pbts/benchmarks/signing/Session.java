package io.pbts.benchmarks.signing;

import io.pbts.protocol.crypto.Secp256k1SecretKey;
import io.pbts.protocol.report.StatedSession;

/** A certified session and the secret key that signs in it. */
public record Session(StatedSession stated, Secp256k1SecretKey key) {}
