package io.pbts.benchmarks.announce;

import java.io.IOException;

/** Announces of the whole population over one protocol, by one thread. */
interface Load {

    /**
     * Sends what the pace says, the population over and over.
     *
     * @param peers that each answer must hold; a first round finds fewer, and gives 0 for whatever comes
     * @throws IOException when an answer is not that of an announce, or holds fewer peers
     */
    Outcome run(Pace pace, int peers) throws IOException;
}
