package io.pbts.announce.swarm;

/** What an announce does to the peer it names. */
public enum Change {
    /** The peer is there: recorded, or its stay prolonged. */
    PRESENT,
    /** As {@link #PRESENT}, and the peer has just finished: counted once per download. */
    COMPLETED,
    /** The peer leaves. Nothing happens when it was not there. */
    GONE,
    /** Nothing is recorded: somebody only looks. */
    NONE
}
