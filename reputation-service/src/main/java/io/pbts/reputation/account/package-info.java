/** Who takes part: registration, the keys and passkeys of an account, and what a stranger may read of it. */
@NullMarked
package io.pbts.reputation.account;

import org.jspecify.annotations.NullMarked;
