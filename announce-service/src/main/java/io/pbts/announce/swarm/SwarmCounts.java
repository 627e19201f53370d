package io.pbts.announce.swarm;

/**
 * The size of one swarm (BEP 48).
 *
 * @param complete seeders
 * @param incomplete leechers
 * @param downloaded how often the torrent was finished
 */
public record SwarmCounts(int complete, int incomplete, int downloaded) {
    public static final SwarmCounts EMPTY = new SwarmCounts(0, 0, 0);
}
