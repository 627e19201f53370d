/** Who asks: signed tokens between services, and the callers that the gateway vouches for inside them. */
@NullMarked
package io.pbts.support.access;

import org.jspecify.annotations.NullMarked;
