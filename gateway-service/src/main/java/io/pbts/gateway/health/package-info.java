/** One answer to the question whether the suite works. */
@NullMarked
package io.pbts.gateway.health;

import org.jspecify.annotations.NullMarked;
