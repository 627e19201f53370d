/** Grants that depend on what a wallet has: asked of contract-service until it is known. */
@NullMarked
package io.pbts.reputation.account.grant;

import org.jspecify.annotations.NullMarked;
