/** What outlives the peers of a swarm: how often it was finished, and when a seeder was there. */
@NullMarked
package io.pbts.announce.history;

import org.jspecify.annotations.NullMarked;
