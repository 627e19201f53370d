package io.pbts.announce.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pbts.announce.signalling.SignalWriter;
import io.pbts.announce.swarm.PeerAddress;
import io.pbts.announce.swarm.Selection;
import io.pbts.announce.swarm.SwarmCounts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers to WebTorrent clients, which come back more often: whoever is not connected any more is of no use to them. */
final class SocketAnswers implements Answers {
    private static final int SHARE_OF_INTERVAL = 5;

    private final SignalWriter writer;
    private final Map<String, SwarmCounts> swarms = new LinkedHashMap<>();
    private Optional<String> text = Optional.empty();
    private @Nullable String infoHash;
    private boolean served;

    SocketAnswers(SignalWriter writer) {
        this.writer = writer;
    }

    void begin(@Nullable String announcedHash) {
        infoHash = announcedHash;
        text = Optional.empty();
        served = false;
    }

    Optional<String> text() {
        return text;
    }

    boolean wasServed() {
        return served;
    }

    @Override
    public void announce(
            AnnounceRequest request,
            Selection found,
            PeerAddress client,
            int intervalSeconds,
            @Nullable String warning) {
        served = true;
        String announced = new String(request.announcement().swarm().bytes(), ISO_8859_1);
        int interval = Math.ceilDiv(intervalSeconds, SHARE_OF_INTERVAL);
        text = Optional.of(writer.announced(announced, found.complete(), found.incomplete(), interval, warning));
    }

    @Override
    public void failure(String reason, int retrySeconds) {
        text = Optional.of(writer.failure(infoHash, reason, retrySeconds));
    }

    @Override
    public void refusal(String reason, int retrySeconds) {
        failure(reason, retrySeconds);
    }

    @Override
    public void beginScrape() {
        swarms.clear();
    }

    @Override
    public void swarm(byte[] hash, SwarmCounts counts) {
        swarms.put(new String(hash, ISO_8859_1), counts);
    }

    @Override
    public void endScrape() {
        text = Optional.of(writer.scraped(swarms));
    }
}
