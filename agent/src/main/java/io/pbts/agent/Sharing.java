package io.pbts.agent;

import io.pbts.agent.queue.ReceiptQueue;
import io.pbts.agent.tracker.Account;
import io.pbts.agent.tracker.TrackerApi;
import io.pbts.agent.tracker.TrackerApi.Instance;
import io.pbts.engine.Engine;
import io.pbts.engine.EngineSettings;
import io.pbts.engine.TorrentSource;
import io.pbts.engine.TorrentStatus;
import io.pbts.engine.receipt.ReceiptExchange;
import io.pbts.engine.receipt.ReceiptPolicy;
import io.pbts.engine.receipt.ReceiptSigner;
import io.pbts.protocol.crypto.BlsSecretKey;
import io.pbts.protocol.torrent.Metainfo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** An engine that takes part in one torrent as a member: signs for what comes in, collects signatures for what goes out. */
final class Sharing implements AutoCloseable {

    private static final int MOST_PER_REPORT = 512;

    private final StateLock lock;
    private final ReceiptQueue queue;
    private final ReceiptExchange exchange;
    private final Heard heard;
    private final Engine engine;
    private final Reporter reporter;
    private final Metainfo metainfo;

    private Sharing(
            StateLock lock,
            ReceiptQueue queue,
            ReceiptExchange exchange,
            Heard heard,
            Engine engine,
            Reporter reporter,
            Metainfo metainfo) {
        this.lock = lock;
        this.queue = queue;
        this.exchange = exchange;
        this.heard = heard;
        this.engine = engine;
        this.reporter = reporter;
        this.metainfo = metainfo;
    }

    /** Who takes part, where, and how. */
    record Member(Folders folders, Account account, TrackerApi api, Instance instance, BlsSecretKey key) {}

    static Sharing start(Member member, SharingOptions options, TorrentSource source, Heard.Teller teller)
            throws IOException {
        Path state = member.folders().state();
        StateLock lock = StateLock.take(state);
        ReceiptQueue queue = new ReceiptQueue(
                state.resolve("receipts"),
                member.instance().domain(),
                Math.min(MOST_PER_REPORT, member.instance().maxReceipts()));
        ReceiptExchange exchange = new ReceiptExchange(
                new ReceiptSigner.OfBls(member.key()),
                member.instance().domain(),
                ReceiptPolicy.of(options.receipts()),
                queue,
                Clock.systemUTC());
        exchange.cover(source.metainfo());
        Heard heard = new Heard(exchange, teller);
        EngineSettings settings = EngineSettings.of(options.listen(), state.resolve("torrents"))
                .withLimits(options.uploadLimit(), options.downloadLimit());
        Engine engine = Engine.start(exchange.announcedIn(settings), exchange, heard);
        engine.add(source);
        Reporter reporter = new Reporter(queue, member.api(), member.account(), new Told(teller));
        return new Sharing(lock, queue, exchange, heard, engine, reporter, source.metainfo());
    }

    /** What the tracker said about receipts. */
    private record Told(Heard.Teller teller) implements Reporter.Listener {

        @Override
        public void reported(Map<String, Integer> codes) {
            teller.tell("receipts-reported", codes, "receipts: " + codes);
        }

        @Override
        public void failed(String reason) {
            teller.tell("report-failed", Map.of("reason", reason), "receipts are kept for later: " + reason);
        }
    }

    TorrentStatus status() {
        return engine.status(metainfo.id()).orElseThrow();
    }

    /** Why nothing goes on, if so. */
    Optional<String> failure() {
        return heard.failure();
    }

    InetSocketAddress address() {
        return engine.address();
    }

    /** What is to be signed is signed and sent, what came is verified, kept and handed in. */
    @Override
    public void close() throws IOException {
        try {
            exchange.settle();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        engine.close();
        exchange.close();
        reporter.close();
        queue.close();
        lock.close();
    }
}
