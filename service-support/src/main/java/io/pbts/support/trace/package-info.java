/** Traces of requests, where an operator has named a collector; otherwise none of it is there. */
@NullMarked
package io.pbts.support.trace;

import org.jspecify.annotations.NullMarked;
