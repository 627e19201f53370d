/** Accounts as the AI-agent variant sees them: by a wallet's address. */
@NullMarked
package io.pbts.reputation.wallet;

import org.jspecify.annotations.NullMarked;
