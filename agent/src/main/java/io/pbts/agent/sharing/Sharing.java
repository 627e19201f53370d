package io.pbts.agent.sharing;

import io.pbts.agent.cli.Trouble;
import io.pbts.agent.member.Member;
import io.pbts.agent.queue.Queues;
import io.pbts.agent.queue.UnsignedFile;
import io.pbts.engine.Engine;
import io.pbts.engine.EngineSettings;
import io.pbts.engine.TorrentSource;
import io.pbts.engine.TorrentStatus;
import io.pbts.engine.TorrentStatus.State;
import io.pbts.engine.receipt.ReceiptExchange;
import io.pbts.engine.receipt.ReceiptPolicy;
import io.pbts.protocol.torrent.TorrentId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An engine that takes part as a member: signs for what comes in, collects signatures for what goes out. */
final class Sharing implements AutoCloseable {

    private final StateLock lock;
    private final Queues queues;
    private final Earnings earnings;
    private final ReceiptExchange exchange;
    private final Heard heard;
    private final Engine engine;
    private final Reporter reporter;
    private final Map<TorrentId, Meter> meters = new ConcurrentHashMap<>();

    private Sharing(
            StateLock lock,
            Queues queues,
            Earnings earnings,
            ReceiptExchange exchange,
            Heard heard,
            Engine engine,
            Reporter reporter) {
        this.lock = lock;
        this.queues = queues;
        this.earnings = earnings;
        this.exchange = exchange;
        this.heard = heard;
        this.engine = engine;
        this.reporter = reporter;
    }

    static Sharing start(Member member, SharingOptions options, Heard.Teller teller) throws IOException {
        StateLock lock = StateLock.take(member.folders().state());
        try {
            return start(lock, member, options, teller);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Sharing start(StateLock lock, Member member, SharingOptions options, Heard.Teller teller)
            throws IOException {
        Path state = member.folders().state();
        Queues queues = HandIn.queues(member.folders(), member.instance());
        Failures failures = new Failures();
        Earnings earnings = new Earnings(queues, failures::everywhere);
        UnsignedFile unsigned =
                UnsignedFile.open(member.folders().unsigned(member.instance().domain()), failures::everywhere);
        ReceiptExchange exchange = new ReceiptExchange(
                member.signer(),
                member.instance().domain(),
                ReceiptPolicy.of(options.receipts())
                        .with(options.attestations())
                        .withBatch(Math.min(HandIn.most(member.instance()), ReceiptPolicy.MAX_BATCH)),
                earnings,
                unsigned,
                Clock.systemUTC());
        Heard heard = new Heard(exchange, failures, teller);
        EngineSettings settings = EngineSettings.of(options.listen(), state.resolve("torrents"))
                .withLimits(options.uploadLimit(), options.downloadLimit());
        Engine engine = Engine.start(exchange.announcedIn(settings), exchange, heard);
        Reporter reporter = new Reporter(
                new HandIn(queues, member.api(), member.account(), new Told(teller)), reason -> kept(teller, reason));
        return new Sharing(lock, queues, earnings, exchange, heard, engine, reporter);
    }

    /** What the tracker said about receipts. */
    private record Told(Heard.Teller teller) implements HandIn.Listener {

        @Override
        public void reported(Map<String, Integer> codes) {
            teller.tell("receipts-reported", codes, "receipts: " + codes);
        }

        @Override
        public void putAside(String reason) {
            teller.tell("receipts-put-aside", Map.of("reason", reason), reason);
        }
    }

    private static void kept(Heard.Teller teller, String reason) {
        teller.tell("report-failed", Map.of("reason", reason), "receipts are kept for later: " + reason);
    }

    /** Takes part in a torrent from now on. */
    void add(TorrentSource source) {
        exchange.cover(source.metainfo());
        engine.add(source);
    }

    /** Takes part no more. */
    void remove(TorrentId torrent) {
        engine.remove(torrent);
        heard.failures().forget(torrent);
    }

    TorrentStatus status(TorrentId torrent) {
        return engine.status(torrent).orElseThrow();
    }

    /** How far the torrent is; asked about once a second, by one thread. */
    Progress progress(TorrentId torrent) {
        TorrentStatus status = status(torrent);
        boolean complete = status.state() == State.SEEDING;
        long rate = meters.computeIfAbsent(torrent, _ -> new Meter())
                .read(complete ? status.uploaded() : status.downloaded(), System.nanoTime());
        return new Progress(status, Math.max(0, rate), signed(), earned());
    }

    /** Receipts that were signed since the start; all of them once it is closed. */
    long signed() {
        return exchange.signed();
    }

    /** Pieces that came from several accounts since the start, for which nobody is signed. */
    long unsignable() {
        return exchange.unsignable();
    }

    /** Receipts that others signed since the start; all of them once it is closed. */
    long earned() {
        return earnings.earned();
    }

    /**
     * Goes on if nothing stands in the way.
     *
     * @throws Trouble when it would be in vain
     */
    void requireHope(TorrentId torrent) {
        heard.failures().of(torrent).ifPresent(trouble -> {
            throw trouble;
        });
    }

    /** The last thing that a tracker did wrong, for whoever waited in vain. */
    String trackerTrouble() {
        return heard.trackerTrouble();
    }

    InetSocketAddress address() {
        return engine.address();
    }

    /** What is to be signed is signed and sent, what came is verified, kept and handed in. */
    @Override
    public void close() throws IOException {
        engine.close();
        exchange.close();
        earnings.flush();
        reporter.close();
        try (lock;
                queues) {
            int unsaved = earnings.unsaved();
            if (unsaved > 0) {
                throw Trouble.failed("%d receipts could not be kept: the disk does not take them".formatted(unsaved));
            }
        }
    }
}
