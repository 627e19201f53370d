package io.pbts.acceptance;

/** Where an installation runs, and what a test sees of it and does to it from outside. */
interface Platform extends Machine {
    /** The name of its network where clients announce directly. */
    String tracker();

    String superuserPassword();

    /** The end of the machines, with their data and secrets. */
    void destroy();
}
