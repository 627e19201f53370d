/** Keys that an account takes up or gives up after it was opened. */
@NullMarked
package io.pbts.reputation.account.key;

import org.jspecify.annotations.NullMarked;
