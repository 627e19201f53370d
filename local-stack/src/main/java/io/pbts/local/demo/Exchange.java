package io.pbts.local.demo;

import io.pbts.local.console.Trouble;
import io.pbts.local.demo.ChainReader.Totals;
import io.pbts.local.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Beta downloads Alpha's video while receipts flow, and the chain follows. */
final class Exchange implements Act {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int LIMIT_SECONDS = 150;
    private static final double MIB = 1 << 20;

    /** So slow that the chain of a busy machine, too, changes more than once while bytes flow; bytes a second. */
    private static final String RATE = String.valueOf(1 << 20);

    @Override
    public int number() {
        return 3;
    }

    @Override
    public String title() {
        return "Data exchange with proof on chain";
    }

    @Override
    public void play(Stage stage, Cast cast) {
        Path folder = cast.beta.home().resolve("received");
        Path log = cast.beta.home().resolve("download.log");
        Process download = cast.beta.startDownload(
                cast.video().infoHash(),
                folder,
                log,
                "--download-limit",
                RATE,
                "--timeout",
                String.valueOf(LIMIT_SECONDS));
        List<Totals> seen = follow(stage, cast, download);
        stage.prove("Beta's download ends well", exitCode(download) == 0, read(log));
        stage.prove(
                "both sides changed on chain %d times while bytes flowed".formatted(seen.size()),
                seen.size() >= 2,
                seen.toString());
        Path received = folder.resolve(cast.video().file().getFileName());
        String hash = Files256.hash(cast.video().file());
        stage.prove(
                "what Beta has is what Alpha seeds, SHA-256 " + hash,
                Files256.hash(received).equals(hash));
        stage.await(
                "all of it is settled",
                SOON,
                () -> cast.onChain(cast.beta),
                totals -> totals.download() == Seeding.BYTES);
        stage.prove(
                "the contract credits Alpha with each byte that it debits Beta",
                cast.onChain(cast.alpha).upload() == Registration.CREDIT + Seeding.BYTES,
                cast.onChain(cast.alpha).toString());
        showSettlements(stage, cast);
    }

    /** What the chain said of Beta's download while it ran, each value once. */
    private static List<Totals> follow(Stage stage, Cast cast, Process download) {
        List<Totals> seen = new ArrayList<>();
        long last = 0;
        while (download.isAlive() && Waiting.pause(LOOK)) {
            Totals beta = cast.onChain(cast.beta);
            Totals alpha = cast.onChain(cast.alpha);
            if (beta.download() > last && download.isAlive()) {
                last = beta.download();
                seen.add(beta);
                stage.say(String.format(
                        Locale.ROOT,
                        "on chain: Alpha's upload %.1f MiB, Beta's download %.1f MiB, Beta's ratio %.2f",
                        (alpha.upload() - Registration.CREDIT) / MIB,
                        beta.download() / MIB,
                        (double) beta.upload() / beta.download()));
            }
        }
        return seen;
    }

    private static void showSettlements(Stage stage, Cast cast) {
        List<String> transactions = cast.chain().settlements();
        stage.say("settled by %d transactions, the last %s".formatted(transactions.size(), transactions.getLast()));
        long receipts = 0;
        for (JsonNode epoch :
                cast.tracker().get("/api/v1/chain/epochs?limit=200", Map.of()).path("epochs")) {
            receipts += epoch.path("receipts").asLong();
        }
        long pieces = cast.tracker()
                .torrent(cast.video().infoHash(), cast.alpha.passkey())
                .path("piece_count")
                .asLong();
        stage.prove(
                "%d receipts stand behind them, one for each piece".formatted(receipts),
                receipts == pieces,
                pieces + " pieces");
    }

    private static int exitCode(Process process) {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new Trouble("the download does not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("interrupted", e);
        }
    }

    private static String read(Path log) {
        try {
            return Checkout.read(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
