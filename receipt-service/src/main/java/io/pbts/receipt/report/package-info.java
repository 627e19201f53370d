/** What clients post: reports of receipts, judged one by one. */
@NullMarked
package io.pbts.receipt.report;

import org.jspecify.annotations.NullMarked;
