/** Accounts, their keys and passkeys, their totals, and the one question of the suite: may this peer download? */
@NullMarked
package io.pbts.reputation;

import org.jspecify.annotations.NullMarked;
