/** Who earns and who owes: user names, keys, passkeys and the identity an account has on chain. */
@NullMarked
package io.pbts.protocol.account;

import org.jspecify.annotations.NullMarked;
