package io.pbts.local.demo;

/** What an act claims does not hold. The message says what was seen instead. */
final class ProofFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProofFailed(String message) {
        super(message);
    }
}
