package io.pbts.local.demo;

/** One act of the play. Those before it have been played on the same {@link Cast}. */
interface Act {
    int number();

    String title();

    /** Throws {@link ProofFailed} when something it shows does not hold. */
    void play(Stage stage, Cast cast);
}
