package io.pbts.benchmarks.announce;

import java.io.IOException;

/** A tracker that runs, and how it wants to be announced to. */
interface Contestant extends AutoCloseable {

    /** As rows name it. */
    String name();

    /** What an announce is judged by and what it leaves, in words. */
    String work();

    int httpPort();

    int udpPort();

    /** Path of an announce by this account. */
    String path(int account);

    /** BEP 41 URL data of an announce by this account; empty when there is none. Not to be changed. */
    byte[] urlData(int account);

    /** The process whose time counts. */
    long pid();

    /** Bytes that its peers take, garbage not counted; only what grows with them matters. */
    long memory() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
