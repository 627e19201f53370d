/** What other services committed, copied here once with the cursor that says so. */
@NullMarked
package io.pbts.contract.settlement.feed;

import org.jspecify.annotations.NullMarked;
