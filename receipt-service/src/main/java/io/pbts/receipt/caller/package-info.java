/** Whose request it is: an account by session, API key or passkey, or in profile {@code local} by its word. */
@NullMarked
package io.pbts.receipt.caller;

import org.jspecify.annotations.NullMarked;
