/** What a key signs to sign in, to register or to join an account: EIP-4361 texts for wallets, login bytes for BLS keys. */
@NullMarked
package io.pbts.protocol.signin;

import org.jspecify.annotations.NullMarked;
