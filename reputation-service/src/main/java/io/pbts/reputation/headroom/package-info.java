/** A sender asks what a receiver's signature is worth now, and stops in time. */
@NullMarked
package io.pbts.reputation.headroom;

import org.jspecify.annotations.NullMarked;
