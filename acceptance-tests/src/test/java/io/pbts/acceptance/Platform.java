package io.pbts.acceptance;

import java.util.Map;
import java.util.OptionalInt;

/** Where an installation runs: programs that its operator's commands find, and what a test sees and does from outside. */
interface Platform extends AutoCloseable {
    /** By the names that commands call them. */
    Map<String, StandIns.Program> programs();

    /** The name of its network where clients announce directly. */
    String tracker();

    /** The port of loopback that stands for an address of the operator's machine, such as {@code localhost:8000}. */
    OptionalInt published(String address);

    String superuserPassword();

    /** The end of the machines, with their data and secrets. */
    void destroy();

    @Override
    void close();
}
