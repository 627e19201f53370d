package io.pbts.deployment;

/**
 * What is wrong, and where.
 *
 * @param where kind and name of the object
 */
record Finding(Rule rule, String where, String what) {
    /** Everything that is looked for. */
    enum Rule {
        UNKNOWN_FIELD,
        IMAGE_WITHOUT_VERSION,
        MISSING_LIMITS,
        MISSING_PROBE,
        PROBE_AT_ANOTHER_PORT,
        SHUTDOWN_TOO_SHORT,
        ROOT,
        WRITABLE_ROOT,
        PRIVILEGES,
        UNKNOWN_SETTING,
        UNKNOWN_REFERENCE,
        SECRET_IN_ENVIRONMENT,
        WRONG_PORT,
        SELECTOR_MISMATCH,
        AUTOSCALER_OF_NOTHING,
        BUDGET_OF_NOTHING,
        OPEN_NETWORK,
        CHAIN_REACHABLE,
        CLOSED_ROAD,
        UNKNOWN_BACKEND
    }
}
