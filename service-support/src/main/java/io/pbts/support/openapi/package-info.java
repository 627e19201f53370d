/** How every service describes itself: names as on the wire, and required what is never null. */
@NullMarked
package io.pbts.support.openapi;

import org.jspecify.annotations.NullMarked;
