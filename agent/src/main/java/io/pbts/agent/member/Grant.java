package io.pbts.agent.member;

/** The initial credit in words. */
final class Grant {

    private Grant() {}

    /**
     * What became of it.
     *
     * @param state as the tracker names it: granted, pending or none
     * @param bytes granted so far
     */
    static String sentence(String state, long bytes) {
        return switch (state) {
            case "granted" -> bytes > 0 ? bytes + " bytes granted" : "granted";
            case "pending" -> "pending, until the tracker has seen the wallet's balance";
            default -> "none";
        };
    }
}
