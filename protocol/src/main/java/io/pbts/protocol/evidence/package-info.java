/** How a receiver signs receipts: one by one, many at once, or through a key for one session; and what is kept of it. */
@NullMarked
package io.pbts.protocol.evidence;

import org.jspecify.annotations.NullMarked;
