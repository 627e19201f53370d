/** What looks like cheating in announces: hints for the operator, on which nothing is decided. */
@NullMarked
package io.pbts.announce.suspicion;

import org.jspecify.annotations.NullMarked;
