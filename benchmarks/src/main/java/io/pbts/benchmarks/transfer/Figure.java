package io.pbts.benchmarks.transfer;

import io.pbts.benchmarks.result.Row;
import io.pbts.benchmarks.result.Spread;
import java.util.List;
import java.util.Locale;

/** A figure with a bar. The name of its row is final: others compare runs by it. */
enum Figure {
    THROUGHPUT_PLAIN_SMALL(Kind.THROUGHPUT, Figure.PLAIN, 256 << 10, 0, 150),
    THROUGHPUT_PLAIN_LARGE(Kind.THROUGHPUT, Figure.PLAIN, 1 << 20, 0, 300),
    THROUGHPUT_SIGNED_SMALL(Kind.THROUGHPUT, Figure.SIGNED, 256 << 10, 0, 100),
    LOSS_SHAPED_SMALL(Kind.LOSS, Figure.SIGNED, 256 << 10, 20_000_000, 1),
    LOSS_UNLIMITED_SMALL(Kind.LOSS, Figure.SIGNED, 256 << 10, 0, 10);

    /** Receipts off. */
    static final String PLAIN = "plain";

    /** Receipts as agents exchange them when nothing else is wished. */
    static final String SIGNED = "signed";

    /** What the paper loses at 20 MB/s with pieces of 256 KiB is more than this, percent (its section 7, figure 10). */
    static final double PAPER_LOSS = 90;

    /** What is measured. */
    enum Kind {
        /** Megabytes a second: at least the bar. */
        THROUGHPUT("MB_per_s"),
        /** Percent of the rate without receipts: at most the bar. */
        LOSS("percent");

        private final String unit;

        Kind(String unit) {
            this.unit = unit;
        }
    }

    private final Kind kind;
    private final String way;
    private final int pieceLength;
    private final long limit;
    private final double bar;

    Figure(Kind kind, String way, int pieceLength, long limit, double bar) {
        this.kind = kind;
        this.way = way;
        this.pieceLength = pieceLength;
        this.limit = limit;
        this.bar = bar;
    }

    /** As in {@code throughput-plain-256KiB} and {@code loss-20MBps-256KiB}. */
    String row() {
        Course course = new Course(pieceLength, 1, limit);
        return switch (kind) {
            case THROUGHPUT -> "throughput-" + way + "-" + course.piece();
            case LOSS -> "loss-" + course.name();
        };
    }

    boolean isOf(Course course) {
        return course.pieceLength() == pieceLength && course.limit() == limit;
    }

    List<Double> values(Series series) {
        return switch (kind) {
            case THROUGHPUT -> series.rates(way);
            case LOSS -> series.losses(way, PLAIN);
        };
    }

    boolean isMet(Series series) {
        Estimate estimate = Estimate.of(values(series));
        return switch (kind) {
            case THROUGHPUT -> estimate.mean() >= bar;
            case LOSS -> estimate.mean() <= bar;
        };
    }

    double bar() {
        return bar;
    }

    String unit() {
        return kind.unit;
    }

    Row toRow(Series series) {
        Estimate estimate = Estimate.of(values(series));
        String asserted = String.format(
                Locale.ROOT,
                "SHA-256 of the file at each arrival%s; mean %.2f, 95 %% interval %.2f to %.2f over %d turns",
                way.equals(SIGNED) ? ", every byte signed for and verified" : "",
                estimate.mean(),
                estimate.low(),
                estimate.high(),
                values(series).size());
        return Row.of(row(), unit(), Spread.of(values(series)), peer(series), asserted);
    }

    private Row.Peer peer(Series series) {
        return switch (kind) {
            case THROUGHPUT ->
                new Row.Peer(
                        Libtorrent.NAME,
                        Spread.of(series.rates(Libtorrent.NAME)).median());
            case LOSS -> limit == 0 ? new Row.Peer("bar", bar) : new Row.Peer("paper, more than", PAPER_LOSS);
        };
    }
}
