package io.pbts.local.stack;

import io.pbts.local.chain.Anvil;
import io.pbts.local.chain.ChainSaver;
import io.pbts.local.console.Console;
import io.pbts.local.console.Stopwatch;
import io.pbts.local.console.Trouble;
import io.pbts.local.directory.Secrets;
import io.pbts.local.postgres.PostgresServer;
import io.pbts.local.service.Endpoints;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the services stand on: the database and the chain, and the thread that saves the chain. */
final class Foundation {
    private final StackOptions options;
    private final Endpoints endpoints;
    private final Secrets secrets;
    private final Parts parts;
    private final Console console;
    private final Anvil anvil;
    private volatile @Nullable ChainSaver saver;
    private volatile @Nullable Thread saving;

    Foundation(
            StackOptions options, Endpoints endpoints, Secrets secrets, Parts parts, Console console, HttpClient http) {
        this.options = options;
        this.endpoints = endpoints;
        this.secrets = secrets;
        this.parts = parts;
        this.console = console;
        this.anvil = new Anvil(
                Anvil.binary(options.root().resolve("contracts")),
                endpoints.chain(),
                options.directory().chain(),
                http);
    }

    /** Two independent steps: database and chain. */
    List<Runnable> steps(Map<String, String> passwordsByRole) {
        return List.of(() -> database(passwordsByRole), this::chain);
    }

    String chainUrl() {
        return anvil.url();
    }

    /** Saves the chain and stops what the services stood on. */
    void stop() {
        saveChain().ifPresent(console::line);
        parts.stop(Anvil.NAME);
        parts.stop(PostgresServer.NAME);
    }

    private void database(Map<String, String> passwordsByRole) {
        var since = new Stopwatch();
        var server = new PostgresServer(options.directory(), options.cache(), secrets.superuser());
        server.make(parts::startHelper);
        server.start(parts, endpoints.postgres());
        String found = server.prepare(endpoints.postgres(), passwordsByRole);
        console.ready(PostgresServer.NAME, since, "127.0.0.1:%d, %s".formatted(endpoints.postgres(), found));
    }

    private void chain() {
        var since = new Stopwatch();
        anvil.start(parts, options.directory());
        ChainSaver started = anvil.saver();
        saver = started;
        saving = Thread.ofVirtual().name("chain-saver").start(started);
        console.ready(
                Anvil.NAME, since, "%s, chain id %d, block %d".formatted(anvil.url(), Anvil.CHAIN_ID, anvil.head()));
    }

    /** Says where the chain stands on disk, or that it could not be asked; nothing when it never ran. */
    private Optional<String> saveChain() {
        Thread thread = saving;
        ChainSaver last = saver;
        if (thread == null || last == null) {
            return Optional.empty();
        }
        thread.interrupt();
        try {
            return Optional.of("  anvil              saved at block " + last.saveForGood());
        } catch (IOException | Trouble e) {
            return Optional.of(
                    "  anvil              not saved at the end (" + e.getMessage() + "); earlier saves stand");
        }
    }
}
