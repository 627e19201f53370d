/** Who is in which swarm right now: a port, and an adapter that keeps peers in primitive arrays in wire order. */
@NullMarked
package io.pbts.announce.swarm;

import org.jspecify.annotations.NullMarked;
