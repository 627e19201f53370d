/** What to write: accounts to enrol, and epochs that carry credited bytes to the ledger once. */
@NullMarked
package io.pbts.contract.settlement;

import org.jspecify.annotations.NullMarked;
