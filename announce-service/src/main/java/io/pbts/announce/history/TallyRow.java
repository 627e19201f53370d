package io.pbts.announce.history;

import io.pbts.announce.swarm.SwarmKey;

/**
 * What is added to the stored tally of a swarm, or what is stored of it.
 *
 * @param completed downloads
 * @param seederSecond the last second since 1970 at which a seeder was seen; 0 for never
 */
record TallyRow(SwarmKey swarm, long completed, long seederSecond) {}
