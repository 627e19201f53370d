package io.pbts.benchmarks.transfer;

import java.io.IOException;

/** Two clients on this machine, one of which has a file. */
interface Way {

    String name();

    /**
     * Moves the file once.
     *
     * @throws IOException when it did not arrive as it was sent, or not all that is owed for it
     */
    Outcome transfer(Sample sample, Course course) throws IOException, InterruptedException;
}
