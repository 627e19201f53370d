package io.pbts.announce.swarm;

/**
 * All swarms together.
 *
 * @param swarms torrents that peers have announced
 * @param peers seeders and leechers of all of them
 */
public record SwarmTotals(int swarms, int peers) {}
