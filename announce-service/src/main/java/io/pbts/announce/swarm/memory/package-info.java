/** The store of one node: peers in primitive arrays in wire order, spread over locks by a keyed hash. */
@NullMarked
package io.pbts.announce.swarm.memory;

import org.jspecify.annotations.NullMarked;
