/** Begins the trace of a request, whatever its sender says of one, and hands it to the services. */
@NullMarked
package io.pbts.gateway.trace;

import org.jspecify.annotations.NullMarked;
