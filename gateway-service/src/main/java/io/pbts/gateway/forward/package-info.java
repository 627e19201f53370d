/** Carries admitted requests to their owners over bounded connections. */
@NullMarked
package io.pbts.gateway.forward;

import org.jspecify.annotations.NullMarked;
