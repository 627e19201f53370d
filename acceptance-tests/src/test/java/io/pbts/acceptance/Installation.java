package io.pbts.acceptance;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/** A checkout, a terminal in it, and what is installed by its commands. */
final class Installation implements AutoCloseable {
    private final Checkout checkout;
    private final Doors doors = new Doors();
    private final Platform platform;
    private final Terminal terminal;

    private Installation(Checkout checkout, Ground ground) {
        this.checkout = checkout;
        this.platform = ground.prepare(checkout.folder(), checkout.path(), doors);
        this.terminal = Terminal.in(checkout, platform);
    }

    /** What an installation is made on. */
    interface Ground {
        /**
         * Prepares it.
         *
         * @param folder for what it keeps
         * @param checkout where its operator's commands run
         * @param doors of its network
         */
        Platform prepare(Path folder, Path checkout, Doors doors);
    }

    /** Nothing is installed yet. */
    static Installation emptyOn(Ground ground) {
        return new Installation(Checkout.create(), ground);
    }

    Checkout checkout() {
        return checkout;
    }

    /** Where its operator's commands run. */
    Terminal terminal() {
        return terminal;
    }

    Platform platform() {
        return platform;
    }

    /** Where members ask. */
    Http gateway() {
        return at(doors.port("gateway-service", 8000));
    }

    /** Where clients announce directly. */
    Http tracker() {
        return at(doors.port(platform.tracker(), 6969));
    }

    /** The development chain that comes with it. */
    Chain chain() {
        return chainAt("http://127.0.0.1:" + doors.port("anvil", 8545));
    }

    /** The contract that it settles upon, as a node says. */
    Chain chainAt(String rpcUrl) {
        String address = Await.until(
                "the settlement contract is known",
                Duration.ofMinutes(1),
                () -> gateway()
                        .get("/contract/status")
                        .json()
                        .path("settlement_address")
                        .asString(""),
                found -> found.startsWith("0x"));
        return new Chain(rpcUrl, address);
    }

    /** The sums of the ledger in the database, as its superuser reads them. */
    LedgerSums sums() {
        String url = "jdbc:postgresql://127.0.0.1:%d/pbts".formatted(doors.port("postgres", 5432));
        try (Connection connection = DriverManager.getConnection(url, "postgres", platform.superuserPassword())) {
            return LedgerSums.in(connection);
        } catch (SQLException e) {
            throw new AssertionError("the ledger cannot be read", e);
        }
    }

    @Override
    public void close() {
        terminal.close();
        platform.close();
        doors.close();
        checkout.delete();
    }

    private static Http at(int port) {
        return new Http(URI.create("http://127.0.0.1:" + port));
    }
}
