package io.pbts.announce.tracker;

/** What became of a request. */
public enum Served {
    /** The answer is ready. */
    ANSWERED,
    /** It was neither an announce nor a scrape. */
    NOT_FOUND,
    /** Nothing happened yet: somebody has to be asked first; the exchange's continuation will run once. */
    WAITING
}
