/** How much a caller may hold: connections, bodies, and the time to send them. */
@NullMarked
package io.pbts.gateway.limit;

import org.jspecify.annotations.NullMarked;
