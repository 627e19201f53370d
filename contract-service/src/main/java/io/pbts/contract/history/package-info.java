/** The tracker before this one: whose history its ledger holds, and how that gets into ours. */
@NullMarked
package io.pbts.contract.history;

import org.jspecify.annotations.NullMarked;
