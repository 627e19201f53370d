package io.pbts.benchmarks.announce;

import java.util.OptionalDouble;

/** A way to announce. */
enum Mode {
    HTTP_KEEPALIVE("http-keepalive", Rival.NODE, 12, 0) {
        @Override
        Load load(Contestant tracker, Population population) {
            return new HttpLoad(tracker, population, true);
        }

        /** opentracker closes every connection. */
        @Override
        boolean isSpokenBy(Contestant tracker) {
            return !tracker.name().equals(Rival.OPENTRACKER);
        }
    },
    HTTP_CLOSE("http-close", Rival.OPENTRACKER, 0, 1.4) {
        @Override
        Load load(Contestant tracker, Population population) {
            return new HttpLoad(tracker, population, false);
        }
    },
    UDP("udp", Rival.OPENTRACKER, 0, 1.0) {
        @Override
        Load load(Contestant tracker, Population population) {
            return new UdpLoad(tracker, population);
        }
    };

    private final String row;
    private final String peer;
    private final double micros;
    private final double ratio;

    Mode(String row, String peer, double micros, double ratio) {
        this.row = row;
        this.peer = peer;
        this.micros = micros;
        this.ratio = ratio;
    }

    abstract Load load(Contestant tracker, Population population);

    boolean isSpokenBy(Contestant tracker) {
        return true;
    }

    String row() {
        return row;
    }

    /** Whom the row compares with. */
    String peer() {
        return peer;
    }

    /** The bar as CPU microseconds of an announce, where it is one. */
    OptionalDouble mostMicros() {
        return micros == 0 ? OptionalDouble.empty() : OptionalDouble.of(micros);
    }

    /** The bar as a multiple of the peer's CPU, where it is one. */
    OptionalDouble mostRatio() {
        return ratio == 0 ? OptionalDouble.empty() : OptionalDouble.of(ratio);
    }
}
