/** Deletes what has expired. Nothing depends on it but the size of the tables. */
@NullMarked
package io.pbts.reputation.purge;

import org.jspecify.annotations.NullMarked;
