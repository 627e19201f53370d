/** Batches with all that their rows rest on, in the records of an epoch file, for whoever settles them. */
@NullMarked
package io.pbts.receipt.export;

import org.jspecify.annotations.NullMarked;
