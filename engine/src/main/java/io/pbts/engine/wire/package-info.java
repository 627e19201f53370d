/** The peer wire protocol (BEP 3, 6, 10): messages as bytes and back, with a bound on everything. */
@NullMarked
package io.pbts.engine.wire;

import org.jspecify.annotations.NullMarked;
