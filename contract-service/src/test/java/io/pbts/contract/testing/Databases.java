package io.pbts.contract.testing;

import io.pbts.support.testing.TestPostgres;

/** Fresh databases for test classes that run side by side: roles belong to the server, so they are made one by one. */
public final class Databases {
    private static final Object LOCK = new Object();

    private Databases() {}

    public static TestPostgres fresh() {
        synchronized (LOCK) {
            return TestPostgres.create();
        }
    }
}
