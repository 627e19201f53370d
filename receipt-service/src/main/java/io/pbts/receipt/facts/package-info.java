/** What other services own and receipts depend on: accounts, torrents, the instance and its chain. Asked, checked, kept briefly. */
@NullMarked
package io.pbts.receipt.facts;

import org.jspecify.annotations.NullMarked;
