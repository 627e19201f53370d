/** What clients announce of themselves: counted apart from receipts, and against an account rather than for it. */
@NullMarked
package io.pbts.reputation.announced;

import org.jspecify.annotations.NullMarked;
