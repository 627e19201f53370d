/** Announces that were rejected, so that a member can be shown why. */
@NullMarked
package io.pbts.announce.rejection;

import org.jspecify.annotations.NullMarked;
