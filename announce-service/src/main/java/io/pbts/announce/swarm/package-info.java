/** Who is in which swarm right now: a port, an adapter that keeps peers in primitive arrays in wire order, and one on a server that nodes share. */
@NullMarked
package io.pbts.announce.swarm;

import org.jspecify.annotations.NullMarked;
