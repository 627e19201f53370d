package io.pbts.acceptance;

import java.util.Map;
import java.util.OptionalInt;

/** What commands of an operator find: programs, and addresses where something is published. */
interface Machine extends AutoCloseable {
    /** By the names that commands call them. */
    Map<String, StandIns.Program> programs();

    /** The port of loopback that stands for an address of the operator's machine, such as {@code localhost:8000}. */
    OptionalInt published(String address);

    @Override
    void close();
}
