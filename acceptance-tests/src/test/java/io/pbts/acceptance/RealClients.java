package io.pbts.acceptance;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What tests with real clients have in common: the production stack, and a net of hosts beside it. */
abstract class RealClients {
    @TempDir
    private Path folder;

    private SwarmNet net;
    private Stack stack;

    @BeforeAll
    void connect() {
        stack = ProductionStack.get();
        net = new SwarmNet();
    }

    @AfterAll
    void disconnect() {
        net.close();
    }

    Path folder() {
        return folder;
    }

    SwarmNet net() {
        return net;
    }

    Stack stack() {
        return stack;
    }

    Transfer transfer() {
        return new Transfer(net, stack, folder);
    }
}
