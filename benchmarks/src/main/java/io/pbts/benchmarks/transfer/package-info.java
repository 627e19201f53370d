/** What receipts cost a download, beside the same download without them and beside libtorrent. */
@NullMarked
package io.pbts.benchmarks.transfer;

import org.jspecify.annotations.NullMarked;
