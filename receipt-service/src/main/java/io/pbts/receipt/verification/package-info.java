/** Whether a posted receipt is true: its keys, its time, its torrent, its signature. */
@NullMarked
package io.pbts.receipt.verification;

import org.jspecify.annotations.NullMarked;
