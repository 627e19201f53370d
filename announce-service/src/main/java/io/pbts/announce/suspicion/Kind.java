package io.pbts.announce.suspicion;

/** What an announce may look like. None of it proves anything. */
public enum Kind {
    /** Uploaded while there was nobody to upload to, as far as the tracker knows: the mark of clients that invent figures. */
    UPLOAD_WITHOUT_LEECHERS,
    /** More bytes than 10 Gbit/s carry in the time between two announces. */
    IMPOSSIBLE_SPEED,
    /** Says that it has everything, has downloaded nothing, and gives nothing to those who ask for it. */
    GHOST_SEEDER,
    /** One account at more addresses in a day than a person has: a passkey that is handed round. */
    MANY_ADDRESSES
}
