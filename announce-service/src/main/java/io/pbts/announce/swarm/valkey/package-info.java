/** Swarms on one Valkey or Redis server (6.2 or later) that several nodes share: one script an announce, atomic per swarm. */
@NullMarked
package io.pbts.announce.swarm.valkey;

import org.jspecify.annotations.NullMarked;
